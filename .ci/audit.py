"""Ask pip-audit about the packages of a lock file, and say of each what was answered: python .ci/audit.py requirements.lock

pip-audit says "no known vulnerabilities" of what it could not ask about, too, and exits with 0. Here such packages are counted
and said not to be audited. Exits with 1 when there is a vulnerability, with 2 when pip-audit fails.
"""

from __future__ import annotations

import json
import subprocess
import sys


def main(lock: str) -> int:
    command = [sys.executable, "-m", "pip_audit", "-r", lock, "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    command += ["--vulnerability-service", "pypi", "-f", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr, file=sys.stderr)
        return 2
    asked = [package for package in packages if "skip_reason" not in package]
    unasked = [package["name"] for package in packages if "skip_reason" in package]
    hurt = [package for package in asked if package["vulns"]]
    print(f"{lock}: {len(asked)} of {len(packages)} packages audited, {len(hurt)} with known vulnerabilities")
    for package in hurt:
        print(f"  {package['name']} {package['version']}: {', '.join(one['id'] for one in package['vulns'])}")
    if unasked:
        print(f"NOT AUDITED, the registry says nothing of their versions: {', '.join(unasked)}")
    return 1 if hurt else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
