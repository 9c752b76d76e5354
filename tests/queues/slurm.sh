#!/usr/bin/env bash
# A cluster of Slurm with one node and accounting, of this machine alone and all in one folder:
#   slurm.sh up DIR          starts it; jobs are then sent with SLURM_CONF=DIR/slurm.conf
#   slurm.sh controller DIR  starts its controller again
#   slurm.sh down DIR        stops it
# By root, with Debian's slurm-wlm, slurmdbd and mariadb-server. Its ports are no cluster's usual ones.
set -eu
action=$1
dir=$(realpath -m "$2")
export SLURM_CONF=$dir/slurm.conf
socket=$dir/munge/socket
database() { mariadb --no-defaults --socket="$dir/database/socket" --user=root "$@"; }
controller() { slurmctld -D > "$dir/log/controller" 2>&1 & }

# Until the command succeeds, for half a minute.
until_done() {
  for _ in $(seq 300); do
    if "$@" > /dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  echo "slurm.sh: this never succeeds: $*; see $dir/log" >&2
  return 1
}

configure() {
  cat > "$dir/slurmdbd.conf" <<END
AuthType=auth/munge
AuthInfo=socket=$socket
DbdHost=localhost
DbdPort=16819
SlurmUser=root
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=root
StorageLoc=accounts
LogFile=$dir/log/slurmdbd
PidFile=$dir/slurmdbd.pid
END
  chmod 600 "$dir/slurmdbd.conf" # it refuses another
  cat > "$SLURM_CONF" <<END
ClusterName=mckean
SlurmctldHost=$(hostname -s)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$socket
CredType=cred/munge
SlurmctldPort=16817
SlurmdPort=16818
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/log/slurmctld
SlurmdLogFile=$dir/log/slurmd
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=batch_sched_delay=0,sched_interval=5
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=localhost
AccountingStoragePort=16819
AccountingStoragePass=$socket
JobAcctGatherType=jobacct_gather/none
NodeName=$(hostname -s) CPUs=$(nproc) RealMemory=$(awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
}

up() {
  mkdir -p "$dir"/{munge,database,state,spool,log}
  chmod 755 "$dir" "$dir/munge"
  head -c 1024 /dev/urandom > "$dir/munge/key"
  chmod 400 "$dir/munge/key"
  chown -R munge "$dir/munge"
  chown mysql "$dir/database"
  configure
  su munge -s /bin/sh -c "munged --force --num-threads=10 --key-file=$dir/munge/key --socket=$socket \
    --pid-file=$dir/munge/pid --log-file=$dir/munge/log --seed-file=$dir/munge/seed"
  mariadb-install-db --user=mysql --datadir="$dir/database/data" --auth-root-authentication-method=normal \
    > "$dir/log/database" 2>&1
  mariadbd --no-defaults --user=mysql --datadir="$dir/database/data" --socket="$dir/database/socket" \
    --skip-networking --pid-file="$dir/database/pid" >> "$dir/log/database" 2>&1 &
  until_done database --execute 'CREATE DATABASE IF NOT EXISTS accounts'
  MYSQL_UNIX_PORT=$dir/database/socket slurmdbd -D > "$dir/log/accounting" 2>&1 &
  until_done sacctmgr --immediate show cluster
  sacctmgr --immediate add cluster mckean > /dev/null
  controller
  slurmd -D > "$dir/log/node" 2>&1 &
  until_done srun --ntasks=1 true
}

down() {
  for file in slurmd.pid slurmctld.pid slurmdbd.pid database/pid munge/pid; do
    pid=$(cat "$dir/$file" 2> /dev/null || true)
    if [ -n "$pid" ]; then
      kill "$pid" 2> /dev/null || true
      until_done test ! -e "/proc/$pid"
    fi
  done
}

case $action in up | controller | down) $action ;; esac
