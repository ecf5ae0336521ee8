/** The list of the bot's commands above the input, opened by "Menu" or by typing a slash. */

/** @import { Chat, Command } from "./types.d.ts" */
import { element, part } from "./elements.js";
import { commandsOf } from "./places.js";

export class CommandList {
  /** @type {Command[]} */
  #offered = [];
  #highlighted = -1;

  /**
   * @param {Chat} chat
   * @param {HTMLElement} root the composer
   * @param {(command: Command) => void} choose
   */
  constructor(chat, root, choose) {
    this.chat = chat;
    this.choose = choose;
    this.list = part(root, ".commands");
    this.button = part(root, ".menu-button");
    this.input = part(root, "textarea");
  }

  get isOpen() {
    return this.#offered.length > 0;
  }

  get highlighted() {
    return this.#offered[this.#highlighted];
  }

  /** The command that the Tab key completes. */
  get best() {
    return this.highlighted ?? this.#offered[0];
  }

  close() {
    this.#offer([]);
  }

  /** @param {string} beginning without the slash; empty for all commands */
  open(beginning) {
    this.#offer(commandsOf(this.chat).filter(({ command }) => command.startsWith(beginning.toLowerCase())));
  }

  /** Moves through the list and around its ends. @param {1 | -1} step */
  move(step) {
    const count = this.#offered.length;
    const from = this.#highlighted < 0 && step < 0 ? 0 : this.#highlighted;
    this.#highlight((from + step + count) % count);
  }

  /** @param {Command[]} commands */
  #offer(commands) {
    this.#offered = commands;
    this.list.replaceChildren(...commands.map((command, index) => this.#option(command, index)));
    this.list.hidden = commands.length === 0;
    this.button.ariaExpanded = String(this.isOpen);
    this.#highlight(-1);
  }

  /** @param {Command} command @param {number} index */
  #option(command, index) {
    const option = element("div", { class: "option" });
    option.role = "option";
    option.id = `command-${this.chat.person.id}-${index}`;
    option.append(element("strong", { text: `/${command.command}` }), element("span", { text: command.description }));
    option.onmousedown = (event) => event.preventDefault();
    option.onclick = () => this.choose(command);
    return option;
  }

  /** @param {number} index -1 for none */
  #highlight(index) {
    this.#highlighted = index;
    const options = [...this.list.children];
    for (const [at, option] of options.entries()) option.ariaSelected = String(at === index);
    const chosen = options[index];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
  }
}
