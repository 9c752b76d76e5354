"""Executes docs/run.ipynb without Jupyter, in the current folder, and prints what its cells print as a JSON list.

python3 docs/execute.py [--write]: with --write the notebook gets these as its outputs.
"""

import contextlib
import io
import json
import sys
from pathlib import Path

NOTEBOOK = Path(__file__).with_name("run.ipynb")


def printed(source: str, names: dict) -> str:
    """What a cell prints; its names stay for the next ones."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, NOTEBOOK.name, "exec"), names)
    return out.getvalue()


def main() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict = {"__name__": "__main__"}
    texts = [printed("".join(cell["source"]), names) for cell in cells]
    if "--write" in sys.argv[1:]:
        for count, (cell, text) in enumerate(zip(cells, texts), 1):
            cell["execution_count"] = count
            stream = {"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}
            cell["outputs"] = [stream] if text else []
        NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(texts))


main()
