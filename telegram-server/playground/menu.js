/** A button that opens a small list of choices, and what closes it again. */

/** @param {HTMLElement} button @param {HTMLElement} choices */
export function openMenu(button, choices) {
  const open = /** @param {boolean} isOpen */ (isOpen) => {
    choices.hidden = !isOpen;
    button.ariaExpanded = String(isOpen);
  };
  button.onclick = () => open(choices.hidden !== false);
  choices.onclick = (event) => {
    if (event.target instanceof Element && event.target.closest("button")) open(false);
  };
  choices.onkeydown = button.onkeydown = (event) => {
    if (event.key !== "Escape" || choices.hidden) return;
    open(false);
    button.focus();
  };
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!choices.hidden && !button.contains(target) && !choices.contains(target)) open(false);
  });
}
