/** What a person is writing: text, files, a reply, a change of an earlier message. */

/** @import { Chat, Command, Location, Message } from "./types.d.ts" */
import { Attachments, release } from "./attachments.js";
import { CommandList } from "./commands.js";
import { find, part } from "./elements.js";
import { measure } from "./measure.js";
import { openMenu } from "./menu.js";
import { toast } from "./notices.js";
import { askForPoint } from "./pin.js";
import { chatOfMessage, isOwn, messagesOf, whereOf } from "./places.js";
import { actAs, sendFile, sendInOrder, sendText } from "./server.js";
import { canBeEdited, excerptOf, senderOf } from "./words.js";

/** @typedef {{ kind: "reply" | "edit", message: Message, draft: string }} Context `draft` was in the input before the edit */

export class Composer {
  /** @type {Context | undefined} */
  #context;
  /** By place, while the person is elsewhere. @type {Map<string, string>} */
  #drafts = new Map();

  /**
   * @param {Chat} chat
   * @param {HTMLElement} column
   */
  constructor(chat, column) {
    this.chat = chat;
    this.form = find(column, ".composer", HTMLFormElement);
    this.input = find(column, "textarea", HTMLTextAreaElement);
    this.context = part(column, ".context");
    this.commands = new CommandList(chat, this.form, (command) => this.#sendCommand(command));
    this.attachments = new Attachments(
      column,
      () => !this.form.hidden,
      () => this.#attachmentsChanged(),
      (problem) => toast(chat, problem, "error"),
    );
    const menu = part(column, "[data-part=attach-menu]");
    openMenu(part(column, "[data-part=attach]"), menu);
    part(menu, "[data-part=attach-file]").onclick = () => this.attachments.choose();
    part(menu, "[data-part=attach-voice]").onclick = () => this.attachments.choose("voice");
    part(menu, "[data-part=attach-pin]").onclick = () => askForPoint((location) => this.#submitLocation(location));
    this.#listen();
  }

  /** @param {Message} message */
  startReply(message) {
    this.#endContext();
    this.#startContext({ kind: "reply", message, draft: "" }, `Balas ${senderOf(this.chat, message)}`);
  }

  /** @param {Message} message */
  startEdit(message) {
    this.#endContext();
    this.#startContext({ kind: "edit", message, draft: this.input.value }, "Ubah pesan");
    this.#write(message.text ?? message.caption ?? "");
  }

  /** What was being written there stays there, so that nothing goes where it is not meant to. @param {string} place */
  leave(place) {
    this.#endContext();
    this.commands.close();
    this.#drafts.set(place, this.input.value);
  }

  /** @param {string} place */
  enter(place) {
    this.#write(this.#drafts.get(place) ?? "");
  }

  /** The message is gone, so nothing can be written about it. @param {number} messageId */
  forget(messageId) {
    if (this.#context?.message.message_id === messageId) this.#endContext();
  }

  #listen() {
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.input.oninput = () => {
      this.#inputChanged();
      const beginning = /^\/(\w*)$/.exec(this.input.value)?.[1];
      if (beginning === undefined) this.commands.close();
      else this.commands.open(beginning);
    };
    this.input.onkeydown = (event) => {
      if (!event.isComposing && this.#takesKey(event)) event.preventDefault();
    };
    this.input.onblur = () => this.commands.close();
    const menu = part(this.form, ".menu-button");
    menu.onmousedown = (event) => event.preventDefault();
    menu.onclick = () => {
      const wasOpen = this.commands.isOpen;
      this.input.focus();
      if (wasOpen) this.commands.close();
      else this.commands.open("");
    };
    part(this.context, "button").onclick = () => this.#endContext();
  }

  /** @param {KeyboardEvent} event @returns whether the key did something here */
  #takesKey(event) {
    if (this.commands.isOpen && this.#takesKeyForCommands(event)) return true;
    if (event.key === "Enter" && !event.shiftKey) {
      this.#submit();
      return true;
    }
    if (event.key === "Escape" && this.#context) {
      this.#endContext();
      return true;
    }
    if (event.key === "ArrowUp" && this.input.value === "" && !this.#context) return this.#editNewest();
    return false;
  }

  /** @param {KeyboardEvent} event */
  #takesKeyForCommands({ key, shiftKey }) {
    const { highlighted, best } = this.commands;
    if (key === "ArrowDown") this.commands.move(1);
    else if (key === "ArrowUp") this.commands.move(-1);
    else if (key === "Escape") this.commands.close();
    else if (key === "Enter" && !shiftKey && highlighted) this.#sendCommand(highlighted);
    else if (key === "Tab" && !shiftKey && best) {
      this.#write(`/${best.command} `);
      this.commands.close();
    } else return false;
    return true;
  }

  #editNewest() {
    const own = messagesOf(this.chat).findLast((message) => isOwn(this.chat, message) && canBeEdited(message));
    if (own) this.startEdit(own);
    return own !== undefined;
  }

  #submit() {
    const text = this.input.value.trim();
    const context = this.#context;
    if (context?.kind === "edit") this.#submitEdit(context.message, text);
    else if (!this.attachments.isEmpty) this.#submitFiles(text, context?.message.message_id);
    else if (text) this.#submitText(text, context?.message);
  }

  /** @param {string} text @param {Message | undefined} repliedTo */
  #submitText(text, repliedTo) {
    this.#clear();
    sendText(this.chat, text, repliedTo?.message_id, () => {
      this.#giveBack(text);
      if (repliedTo && !this.#context) this.startReply(repliedTo);
    });
  }

  /** @param {Message} message @param {string} text */
  #submitEdit(message, text) {
    if (!text && message.text !== undefined) return;
    this.#endContext();
    if (text === (message.text ?? message.caption ?? "")) return;
    const edit = { message_id: message.message_id, text, ...chatOfMessage(this.chat, message) };
    const giveBack = () => {
      this.startEdit(message);
      this.#write(text);
    };
    sendInOrder(this.chat, () => actAs(this.chat, "edits", edit), giveBack);
  }

  /** One message per file; the text goes with the first. @param {string} text @param {number | undefined} replyTo */
  #submitFiles(text, replyTo) {
    this.#clear();
    this.chat.column?.scrollToNewest();
    const where = { ...whereOf(this.chat), reply_to_message_id: replyTo };
    for (const [index, attachment] of this.attachments.takeAll().entries()) {
      const kind = this.attachments.kindOf(attachment);
      const caption = index === 0 ? text : "";
      const send = async () => {
        const size = await measure(attachment.file, kind);
        await sendFile(this.chat, attachment.file, { kind, caption, ...size, ...where });
        release(attachment);
      };
      sendInOrder(this.chat, send, () => {
        this.attachments.putBack(attachment);
        this.#giveBack(caption);
      });
    }
  }

  /** @param {Location} location */
  #submitLocation(location) {
    const pin = { location, ...whereOf(this.chat), reply_to_message_id: this.#repliedTo?.message_id };
    this.#endContext();
    this.chat.column?.scrollToNewest();
    sendInOrder(this.chat, () => actAs(this.chat, "messages", pin));
  }

  get #repliedTo() {
    return this.#context?.kind === "reply" ? this.#context.message : undefined;
  }

  /** @param {Command} command */
  #sendCommand({ command }) {
    if (this.input.value.startsWith("/")) this.#write("");
    this.commands.close();
    sendText(this.chat, `/${command}`);
  }

  #clear() {
    this.#write("");
    this.#endContext();
    this.commands.close();
  }

  /** Puts what was not taken before what was written meanwhile. @param {string} text */
  #giveBack(text) {
    this.#write([text, this.input.value].filter(Boolean).join("\n"));
  }

  /** @param {string} text */
  #write(text) {
    this.input.value = text;
    this.#inputChanged();
  }

  #inputChanged() {
    const isCaption = this.#context?.kind === "edit" && this.#context.message.text === undefined;
    const empty = this.input.value.trim() === "" && this.attachments.isEmpty && !isCaption;
    find(this.form, ".send", HTMLButtonElement).disabled = empty;
    if (CSS.supports("field-sizing", "content")) return;
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  #attachmentsChanged() {
    this.input.placeholder = this.attachments.isEmpty ? "Tulis pesan" : "Tulis keterangan";
    if (!this.attachments.isEmpty && this.#context?.kind === "edit") this.#endContext();
    this.#inputChanged();
    this.input.focus();
  }

  /** @param {Context} context @param {string} title */
  #startContext(context, title) {
    const editing = context.kind === "edit";
    this.#context = context;
    this.context.hidden = false;
    this.context.querySelector("use")?.setAttribute("href", editing ? "#icon-edit" : "#icon-reply");
    part(this.context, "strong").textContent = title;
    part(this.context, "span").textContent = excerptOf(context.message);
    this.form.classList.toggle("editing", editing);
    this.input.focus();
  }

  #endContext() {
    const ended = this.#context;
    this.#context = undefined;
    this.context.hidden = true;
    this.form.classList.remove("editing");
    if (ended?.kind === "edit") this.#write(ended.draft);
  }
}
