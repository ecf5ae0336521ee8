/** Making and finding elements. Text reaches the page only as text nodes, never as markup. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ class?: string, text?: string, label?: string, onclick?: () => void }} [given]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  if (given.class) made.className = given.class;
  if (given.text !== undefined) made.textContent = given.text;
  if (given.label) made.ariaLabel = made.title = given.label;
  if (given.onclick) made.onclick = given.onclick;
  if (made instanceof HTMLButtonElement) made.type = "button";
  made.append(...children);
  return made;
}

/**
 * @template {HTMLElement} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`page.html has no ${selector}`);
}

/** @param {ParentNode} root @param {string} selector */
export const part = (root, selector) => find(root, selector, HTMLElement);

/** @param {string} id @returns {HTMLElement} */
export function fromTemplate(id) {
  const copy = find(document, `#${id}`, HTMLTemplateElement).content.cloneNode(true);
  return part(/** @type {DocumentFragment} */ (copy), "*");
}

/** @param {string} name @param {string} [more] a class besides its own */
export function icon(name, more = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("class", `icon ${more}`.trim());
  svg.ariaHidden = "true";
  svg.append(use);
  return svg;
}

/**
 * Makes a piece of text work like a button, where a real one would not wrap with its line.
 *
 * @param {HTMLElement} target
 * @param {() => void} act
 */
export function actAsButton(target, act) {
  target.role = "button";
  target.tabIndex = 0;
  target.onclick = (event) => {
    event.stopPropagation();
    if (getSelection()?.isCollapsed !== false) act();
  };
  target.onkeydown = (event) => {
    if (event.target !== target || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    act();
  };
}

/**
 * Leaves in place what stays, so that focus, selection and screen readers are not disturbed.
 *
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} wanted
 */
export function replaceChildren(parent, wanted) {
  const stays = new Set(wanted);
  for (const child of [...parent.children]) if (!stays.has(/** @type {HTMLElement} */ (child))) child.remove();
  for (const [index, child] of wanted.entries()) {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  }
}
