"""A browser on a busy machine, at will: what it tells in a task of its own, it tells late.

A click, a key and a change of a field are handled before the test goes on. That a section opened, that the address or
the window changed, that a frame is due, that a link leads on, that a picture or a text is packed: the browser tells or
does that in a later task, most often before the test looks. A test that does not wait for it fails once in a while.
With ``LATE_EVENTS=150 .venv/bin/pytest tests/pages`` it fails each time.
"""

from __future__ import annotations

import os

from playwright.sync_api import Page

_SCRIPT = """(() => {
    const later = window.setTimeout, milliseconds = MILLISECONDS;
    const told = new Set(["toggle", "popstate", "hashchange", "resize", "fullscreenchange", "scroll"]);
    const postponed = new WeakMap();
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
        if (typeof listener !== "function" || !told.has(type)) {
            return addEventListener.call(this, type, listener, options);
        }
        const late = postponed.get(listener) ?? function (event) {
            later(() => listener.call(this, event), milliseconds);
        };
        postponed.set(listener, late);
        return addEventListener.call(this, type, late, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
        return removeEventListener.call(this, type, postponed.get(listener) ?? listener, options);
    };
    const frame = window.requestAnimationFrame;
    window.requestAnimationFrame = (draw) => frame(() => later(() => frame(draw), milliseconds));
    window.setTimeout = (act, wait = 0, ...given) => later(act, wait + milliseconds, ...given);
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (take, ...given) {
        toBlob.call(this, (blob) => later(() => take(blob), milliseconds), ...given);
    };
    addEventListener("click", (event) => {
        const link = event.target.closest?.("a[href]:not([download])");
        if (!link || link.target === "_blank" || event.defaultPrevented) return;
        event.preventDefault();
        later(() => location.assign(link.href), milliseconds);
    });
    const pause = () => new Promise((done) => later(done, milliseconds));
    for (const [owner, name] of [[Response.prototype, "text"], [window.Clipboard?.prototype, "writeText"]]) {
        const act = owner?.[name];
        if (act) owner[name] = async function (...given) {
            await pause();
            return act.call(this, ...given);
        };
    }
})()"""


def tell_late(page: Page) -> None:
    """Make the pages that a tab opens hear late what the browser tells later, by the milliseconds in $LATE_EVENTS."""
    milliseconds = int(os.environ.get("LATE_EVENTS", "0"))
    if milliseconds:
        page.add_init_script(_SCRIPT.replace("MILLISECONDS", str(milliseconds)))
