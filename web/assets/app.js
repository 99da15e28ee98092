// Comforts only: every page works without this file.
"use strict";

const box = () => document.querySelector("input[type=search]");
const results = () => [...document.querySelectorAll(".results h2 a")];

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box()?.focus();
    box()?.select();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const list = results();
    if (!list.length || (typing && typing !== box())) return;
    const at = list.indexOf(document.activeElement);
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (at === -1 && event.key === "ArrowUp") return;
    event.preventDefault();
    if (next < 0) box()?.focus();
    else list[Math.min(next, list.length - 1)].focus();
  }
});

// Escape puts a preview away without moving the pointer.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const shown of document.querySelectorAll(".ref:hover, .ref:focus-within")) {
    shown.classList.add("hushed");
    for (const leave of ["mouseleave", "focusout"]) {
      shown.addEventListener(leave, () => shown.classList.remove("hushed"), { once: true });
    }
  }
});

// Copying: the button is shown only where it can work.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const name = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "已复制";
    } catch {
      button.textContent = "未能复制";
    }
    setTimeout(() => (button.textContent = name), 1600);
  });
}

// The contents follow the reader.
const contents = document.querySelector(".toc");
if (contents && "IntersectionObserver" in window) {
  const links = new Map([...contents.querySelectorAll("a[href^='#']")].map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      contents.querySelector("a[aria-current]")?.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -75% 0px" });
  for (const id of links.keys()) {
    const target = document.getElementById(id);
    if (target) seen.observe(target);
  }
  if (window.matchMedia("(max-width: 48rem)").matches) contents.querySelector("details")?.removeAttribute("open");
}

// A file may be dropped on its field.
const drop = document.querySelector(".drop");
if (drop) {
  const field = drop.querySelector("input[type=file]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    });
  }
}

// A form that takes its time says so.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    const status = form.querySelector("[role=status]");
    if (status && !event.submitter?.value) status.textContent = form.dataset.busy;
  });
}
