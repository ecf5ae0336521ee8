/** Files about to be sent: chosen by the button, pasted or dropped. */

import { element, find, icon, part } from "./elements.js";
import { sizeName } from "./words.js";

/** @typedef {{ file: File, preview: string | undefined, isVoice: boolean }} Attachment `preview` is a blob URL */

const VIDEO_TYPES = ["video/mp4", "video/webm", "video/quicktime"];
const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

export class Attachments {
  /** @type {Attachment[]} */
  #attachments = [];

  /**
   * @param {HTMLElement} root the column
   * @param {() => boolean} isOpen whether files can be taken now
   * @param {() => void} changed
   * @param {(problem: string) => void} refuse
   */
  constructor(root, isOpen, changed, refuse) {
    this.root = root;
    this.isOpen = isOpen;
    this.changed = changed;
    this.refuse = refuse;
    this.tray = part(root, ".tray");
    this.chooser = find(root, "input[type=file]", HTMLInputElement);
    this.chooser.onchange = () => this.#takeChosen();
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

  /** Opens the browser's window. @param {"voice"} [as] only recordings, to be sent as voice notes */
  choose(as) {
    this.chooser.accept = as === "voice" ? "audio/*,.oga,.ogg,.opus" : "";
    this.chooser.click();
  }

  /** @param {Attachment} attachment @returns {"photo" | "video" | "voice" | "document"} */
  kindOf({ file, isVoice }) {
    if (isVoice) return "voice";
    const asSeen = find(this.tray, "input[value=photo]", HTMLInputElement).checked;
    if (asSeen && PHOTO_TYPES.includes(file.type)) return "photo";
    return asSeen && VIDEO_TYPES.includes(file.type) ? "video" : "document";
  }

  #takeChosen() {
    this.#add(this.chooser.files, this.chooser.accept !== "");
    this.chooser.value = this.chooser.accept = "";
  }

  /** @param {FileList | null | undefined} files @param {boolean} [isVoice] @returns whether there were any */
  #add(files, isVoice = false) {
    if (!files || files.length === 0) return false;
    for (const file of files) {
      if (file.size === 0) {
        this.refuse(`Berkas “${file.name}” kosong. Pilih berkas yang ada isinya.`);
        continue;
      }
      const preview = PHOTO_TYPES.includes(file.type) && !isVoice ? URL.createObjectURL(file) : undefined;
      this.#attachments.push({ file, preview, isVoice });
    }
    this.#draw();
    return true;
  }

  #draw() {
    this.tray.hidden = this.isEmpty;
    const isSeen = this.#attachments.some(({ preview, file }) => preview || VIDEO_TYPES.includes(file.type));
    part(this.tray, "fieldset").hidden = !isSeen;
    part(this.tray, "ul").replaceChildren(...this.#attachments.map((attachment) => this.#line(attachment)));
    this.changed();
  }

  /** @param {Attachment} attachment */
  #line(attachment) {
    const { file, preview, isVoice } = attachment;
    const remove = () => {
      this.#attachments = this.#attachments.filter((other) => other !== attachment);
      release(attachment);
      this.#draw();
    };
    return element(
      "li",
      {},
      preview ? pictureOf(preview) : element("span", { class: "file-icon" }, icon(isVoice ? "voice" : "file")),
      element("span", { class: "file-name", text: file.name }),
      element("span", { class: "file-size", text: `${isVoice ? "Pesan suara · " : ""}${sizeName(file.size)}` }),
      element("button", { class: "round", label: `Lepas ${file.name}`, onclick: remove }, icon("close")),
    );
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
