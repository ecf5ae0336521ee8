/** Files about to be sent: chosen by the button, pasted or dropped. */

import { element, find, icon, part } from "./elements.js";
import { sizeName } from "./words.js";

/** @typedef {{ file: File, preview: string | undefined }} Attachment `preview` is a blob URL */

const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

export class Attachments {
  /** @type {Attachment[]} */
  #attachments = [];

  /**
   * @param {HTMLElement} root the column
   * @param {() => boolean} isOpen whether files can be taken now
   * @param {() => void} changed
   */
  constructor(root, isOpen, changed) {
    this.root = root;
    this.isOpen = isOpen;
    this.changed = changed;
    this.tray = part(root, ".tray");
    this.#listenToChooser();
    this.#listenToDrops();
    part(root, "textarea").onpaste = (event) => {
      if (this.#add(event.clipboardData?.files)) event.preventDefault();
    };
  }

  get isEmpty() {
    return this.#attachments.length === 0;
  }

  /** Empties the tray; what could not be sent comes back by `putBack`. */
  takeAll() {
    const taken = this.#attachments;
    this.#attachments = [];
    this.#draw();
    return taken;
  }

  /** @param {Attachment} attachment */
  putBack(attachment) {
    this.#attachments.push(attachment);
    this.#draw();
  }

  /** @param {Attachment} attachment @returns {"photo" | "document"} */
  kindOf({ file }) {
    const asPhotos = find(this.tray, "input[value=photo]", HTMLInputElement).checked;
    return asPhotos && PHOTO_TYPES.includes(file.type) ? "photo" : "document";
  }

  /** @param {FileList | null | undefined} files @returns whether there were any */
  #add(files) {
    if (!files || files.length === 0) return false;
    for (const file of files) {
      const preview = PHOTO_TYPES.includes(file.type) ? URL.createObjectURL(file) : undefined;
      this.#attachments.push({ file, preview });
    }
    this.#draw();
    return true;
  }

  #draw() {
    this.tray.hidden = this.isEmpty;
    part(this.tray, "fieldset").hidden = !this.#attachments.some(({ preview }) => preview);
    part(this.tray, "ul").replaceChildren(...this.#attachments.map((attachment) => this.#line(attachment)));
    this.changed();
  }

  /** @param {Attachment} attachment */
  #line(attachment) {
    const { file, preview } = attachment;
    const remove = () => {
      this.#attachments = this.#attachments.filter((other) => other !== attachment);
      release(attachment);
      this.#draw();
    };
    return element(
      "li",
      {},
      preview ? pictureOf(preview) : element("span", { class: "file-icon" }, icon("file")),
      element("span", { class: "file-name", text: file.name }),
      element("span", { class: "file-size", text: sizeName(file.size) }),
      element("button", { class: "round", label: `Lepas ${file.name}`, onclick: remove }, icon("close")),
    );
  }

  #listenToChooser() {
    const chooser = find(this.root, "input[type=file]", HTMLInputElement);
    part(this.root, "[data-part=attach]").onclick = () => chooser.click();
    chooser.onchange = () => {
      this.#add(chooser.files);
      chooser.value = "";
    };
  }

  #listenToDrops() {
    const { root } = this;
    root.ondragover = (event) => {
      if (!event.dataTransfer?.types.includes("Files") || !this.isOpen()) return;
      event.preventDefault();
      root.classList.add("dropping");
    };
    root.ondragleave = (event) => {
      if (!root.contains(/** @type {Node | null} */ (event.relatedTarget))) root.classList.remove("dropping");
    };
    root.ondrop = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      root.classList.remove("dropping");
      if (this.isOpen()) this.#add(event.dataTransfer.files);
    };
  }
}

/** @param {Attachment} attachment */
export function release({ preview }) {
  if (preview) URL.revokeObjectURL(preview);
}

/** @param {string} address */
function pictureOf(address) {
  const image = element("img");
  image.src = address;
  image.alt = "";
  return image;
}
