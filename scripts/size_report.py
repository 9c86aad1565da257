# SPDX-License-Identifier: Apache-2.0
"""What fills a program, by library and by symbol, read from the linker's map.

    size_report.py MAP PROGRAM [--symbols N] [--library NAME]

The map is that of GNU ld (-Wl,-Map=FILE) for objects compiled with -ffunction-sections and -fdata-sections: a section is
then a symbol. Only what takes room in the file is counted; merged strings count before merging.
"""
import argparse
import collections
import os
import re
import subprocess

# Sections of the output that are nobody's own, with a name for people.
SHARED = {".rela.dyn": "relocations", ".relr.dyn": "relocations", ".rela.plt": "relocations", ".eh_frame_hdr": "unwind index",
          ".got": "addresses", ".dynsym": "dynamic symbols", ".dynstr": "dynamic symbols"}
NO_ROOM = (".bss", ".tbss", ".debug", ".comment", ".note.GNU-stack", ".symtab", ".strtab", ".gnu.lto", "/DISCARD/")
LINE = re.compile(r"^ (\S+)?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)(?: (\S.*))?$")
OUTPUT = re.compile(r"^(\.\S+)")
PREFIX = re.compile(r"^\.(text|rodata|data|init_array|fini_array|tdata|eh_frame|gcc_except_table)(\.rel\.ro)?(\.local)?"
                    r"(\.(unlikely|hot|startup|exit|cst\d+|str\d+\.\d+))?\.?")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("map")
    parser.add_argument("program")
    parser.add_argument("--symbols", type=int, default=25)
    parser.add_argument("--library", help="symbols of this library alone")
    return parser.parse_args()


def pieces(lines):
    """(output section, input section, bytes, file) of everything that was kept."""
    output, waiting, begun = "", "", False
    for line in lines:
        line = line.rstrip("\n")
        begun = begun or line.startswith("Linker script and memory map")
        if not begun:
            continue
        head = OUTPUT.match(line)
        if head:
            output, waiting = head.group(1), ""
            continue
        # A long name stands on a line of its own, its numbers on the next.
        if re.match(r"^ (\.\S+|COMMON)$", line):
            waiting = line.strip()
            continue
        found = LINE.match(line)
        name, waiting = (found and found.group(1)) or waiting, ""
        if found and name and found.group(4) and int(found.group(3), 16) and not name.startswith("*"):
            if not any(section.startswith(NO_ROOM) for section in (output, name)):
                yield output, name, int(found.group(3), 16), found.group(4)


def library_of(file, output):
    if output in SHARED:
        return SHARED[output]
    archive = re.match(r"(.*\.a)\(", file)
    if not archive:
        return "start-up files" if "crt" in os.path.basename(file) else "the function itself"
    return re.sub(r"^lib|\.a$", "", os.path.basename(archive.group(1)))


def symbol_of(name, file):
    symbol = PREFIX.sub("", name)
    member = re.search(r"\(([^)]*)\)", file)
    return symbol or f"[{name.split('.')[1]} of {member.group(1) if member else os.path.basename(file)}]"


def demangled(names):
    done = subprocess.run(["c++filt"], input="\n".join(names), capture_output=True, text=True, check=True)
    return done.stdout.split("\n")


def print_table(title, sizes, total, limit):
    print(f"{title:<72}{'bytes':>10}{'':>7}")
    rows = sizes.most_common(limit)
    for (name, size), shown in zip(rows, demangled([name for name, _ in rows])):
        print(f"  {shown if len(shown) <= 68 else shown[:65] + '...':<70}{size:>10,}{100 * size / total:>6.1f}%")


def main():
    options = arguments()
    libraries, symbols = collections.Counter(), collections.Counter()
    with open(options.map, errors="replace") as file:
        for output, name, size, source in pieces(file):
            library = library_of(source, output)
            libraries[library] += size
            if output not in SHARED and options.library in (None, library):
                symbols[symbol_of(name, source)] += size
    total = os.path.getsize(options.program)
    print(f"{options.program}: {total:,} bytes, {sum(libraries.values()):,} of them in the map")
    print_table("library", libraries, total, None)
    print()
    print_table(f"symbol{' of ' + options.library if options.library else ''}", symbols, total, options.symbols)


if __name__ == "__main__":
    main()
