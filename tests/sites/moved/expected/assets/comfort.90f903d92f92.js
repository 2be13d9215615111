// The script has tests of its own: tests/browser/comfort.mjs.
