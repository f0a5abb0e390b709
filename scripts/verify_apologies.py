"""Check a public list of apologies: needs Python and the files beside it, nothing else.

    python verify_apologies.py            checks every list of this folder
    python verify_apologies.py CODE       also says what the lists say of a dossier

Each list names the hash of the one before it, so that no list can be changed, left out or put in
later without every list after it showing it. Compare the last hash with the one the office printed.
"""

import hashlib
import sys
from pathlib import Path

FORMAT = "dung-hen apologies 1"


def check(folder: Path) -> tuple[dict[str, list[str]], list[str], str]:
    """What the lists say of each dossier, complaints, and the hash of the last list."""
    said: dict[str, list[str]] = {}
    complaints: list[str] = []
    last = "-"
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9].txt"))
    for number, path in enumerate(files, start=1):
        content = path.read_bytes()
        lines = content.decode("utf-8").splitlines()
        head = dict(line.split(": ", 1) for line in lines[1:6] if ": " in line)
        if path.stem != f"{number:04}" or head.get("number") != str(number):
            complaints.append(f"{path.name}: list number {number} is missing")
        if not lines or lines[0] != FORMAT:
            complaints.append(f"{path.name}: not a list of this kind")
        if head.get("previous") != last:
            complaints.append(f"{path.name}: does not follow the list before it")
        last = hashlib.sha256(content).hexdigest()
        note = path.with_suffix(".sha256")
        if not note.is_file() or note.read_text().split(" ")[0] != last:
            complaints.append(f"{path.name}: its hash is not the one noted beside it")
        entries = lines[lines.index("---") + 1 :] if "---" in lines else []
        if head.get("entries") != str(len(entries)):
            complaints.append(f"{path.name}: the number of entries is wrong")
        for entry in entries:
            fields = entry.split("\t")
            if len(fields) != 7:
                complaints.append(f"{path.name}: an entry is not whole: {entry!r}")
                continue
            said.setdefault(fields[1], []).append(f"{path.stem}: {' '.join(fields)}")
    if not files:
        complaints.append("no list was found here")
    return said, complaints, last


def main() -> int:
    """Print what was found; 0 where everything holds, 1 where something does not."""
    folder = Path(__file__).resolve().parent
    said, complaints, last = check(folder)
    for complaint in complaints:
        print(f"WRONG  {complaint}")
    if len(sys.argv) > 1:
        for line in said.get(sys.argv[1], [f"no list speaks of {sys.argv[1]}"]):
            print(line)
    if complaints:
        return 1
    print(f"OK  {sum(map(len, said.values()))} entries; hash of the last list: {last}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
