/**
 * A layer of Vulkan, in C, by which an instance shows one device alone: of those called NAME the K-th, where
 * MCKEAN_VULKAN_DEVICE is "K NAME" as the instance is made. Dawn can choose by name only, and the loader's and drivers' own
 * variables by kind. It needs no headers: what it shares with the loader is declared here, after the loader's
 * documentation of layers, and fixed since interface version 2.
 */
export const VARIABLE = 'MCKEAN_VULKAN_DEVICE';
export const NAME = 'VK_LAYER_MCKEAN_alone';

export const SOURCE = String.raw`
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void (*Function)(void);
typedef Function (*Lookup)(void *instance, const char *name);

enum { SUCCESS = 0, INCOMPLETE = 5, OUT_OF_MEMORY = -1, FAILED = -3 };
enum { LOADER_INSTANCE = 47, LINKS = 0 };

/* What every structure of Vulkan begins with. */
struct Head { int32_t type; const struct Head *next; };
struct Link { struct Link *next; Lookup lookup; };
struct Chain { struct Head head; int32_t function; struct Link *link; };
struct Interface {
  int32_t type; void *next; uint32_t version; Lookup lookup, device_lookup, physical_lookup;
};
/* The first of the device's properties; the driver writes some 820 bytes. */
struct Properties { uint32_t numbers[5]; char name[256]; uint64_t others[256]; };

typedef int32_t (*Create)(const struct Head *info, const void *allocator, void **instance);
typedef int32_t (*Enumerate)(void *instance, uint32_t *count, void **devices);
typedef void (*Describe)(void *device, struct Properties *properties);

/*
 * Instances stay known: a process makes few, and one made where another was takes its place. What is below is asked for
 * while an instance is made: later, some loaders answer with what is above.
 */
struct Known {
  struct Known *next; void *key; Lookup lookup; Enumerate enumerate; Describe describe; long k; char name[256];
};
static struct Known *all;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* What the loader knows an instance by. */
static void *key_of(void *instance) { return *(void **)instance; }

static struct Known *known(void *instance) {
  pthread_mutex_lock(&lock);
  struct Known *one = all;
  while (one && one->key != key_of(instance)) one = one->next;
  pthread_mutex_unlock(&lock);
  return one;
}

static void remember(struct Known *one, void *instance) {
  one->enumerate = (Enumerate)one->lookup(instance, "vkEnumeratePhysicalDevices");
  one->describe = (Describe)one->lookup(instance, "vkGetPhysicalDeviceProperties");
  pthread_mutex_lock(&lock);
  one->key = key_of(instance);
  one->next = all;
  all = one;
  pthread_mutex_unlock(&lock);
}

static int32_t create(const struct Head *info, const void *allocator, void **instance) {
  struct Chain *chain = (struct Chain *)info->next;
  while (chain && !(chain->head.type == LOADER_INSTANCE && chain->function == LINKS))
    chain = (struct Chain *)chain->head.next;
  const char *wish = getenv("${VARIABLE}");
  struct Known *one = calloc(1, sizeof *one);
  if (!one) return OUT_OF_MEMORY;
  if (!chain || !wish || sscanf(wish, "%ld %255[^\n]", &one->k, one->name) != 2) {
    free(one);
    return FAILED;
  }
  one->lookup = chain->link->lookup;
  chain->link = chain->link->next;
  int32_t result = ((Create)one->lookup(NULL, "vkCreateInstance"))(info, allocator, instance);
  if (result == SUCCESS) remember(one, *instance);
  else free(one);
  return result;
}

/* The device that is wished for; null where there is none. */
static int32_t find(void *instance, const struct Known *one, void **found) {
  uint32_t count = 0;
  int32_t result = one->enumerate(instance, &count, NULL);
  if (result != SUCCESS) return result;
  void **devices = calloc(count + 1, sizeof *devices);
  if (!devices) return OUT_OF_MEMORY;
  result = one->enumerate(instance, &count, devices);
  long k = one->k;
  for (uint32_t i = 0; result >= SUCCESS && i < count && !*found; i++) {
    struct Properties properties;
    one->describe(devices[i], &properties);
    if (strcmp(properties.name, one->name) == 0 && k-- == 0) *found = devices[i];
  }
  free(devices);
  return result < SUCCESS ? result : SUCCESS;
}

static int32_t enumerate_alone(void *instance, uint32_t *count, void **devices) {
  const struct Known *one = known(instance);
  void *found = NULL;
  int32_t result = one ? find(instance, one, &found) : FAILED;
  if (result != SUCCESS) return result;
  uint32_t there = found ? 1 : 0;
  if (devices) {
    if (*count < there) return *count = 0, INCOMPLETE;
    if (found) devices[0] = found;
  }
  *count = there;
  return SUCCESS;
}

static Function lookup(void *instance, const char *name) {
  if (strcmp(name, "vkGetInstanceProcAddr") == 0) return (Function)lookup;
  if (strcmp(name, "vkCreateInstance") == 0) return (Function)create;
  if (strcmp(name, "vkEnumeratePhysicalDevices") == 0) return (Function)enumerate_alone;
  const struct Known *one = instance ? known(instance) : NULL;
  return one ? one->lookup(instance, name) : NULL;
}

__attribute__((visibility("default"))) int32_t vkNegotiateLoaderLayerInterfaceVersion(struct Interface *offer) {
  if (offer->version < 2) return FAILED;
  offer->version = 2;
  offer->lookup = lookup;
  offer->device_lookup = NULL;
  offer->physical_lookup = NULL;
  return SUCCESS;
}
`;
