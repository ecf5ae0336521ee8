import type { Message, TelegramServer } from "../../telegram-server/server.ts";
import { patienceMs } from "../support/patience.ts";

/** One version of a message of the bot. */
export type Shown = { isNew: boolean; message: Message };

export type Person = ReturnType<typeof openPerson>;

/**
 * Somebody at their telephone, who acts on what they see: a button is pressed when it is shown, and waited for until
 * then. Nobody has to press again because a crash has swallowed the press: Telegram keeps an update until it is
 * confirmed, it is confirmed only when the inbox holds it, and the inbox holds it until what it asks for is committed.
 * So a press that is lost is a defect, and shows here as a wait in vain. What a crash may swallow is the small sign at
 * the press, which is why nobody here waits for it.
 *
 * Impatient people press at once again all the same, and that must change nothing.
 */
export function openPerson(
  { people }: TelegramServer,
  { id, name, isImpatient }: { id: number; name: string; isImpatient: boolean },
) {
  const shown: Shown[] = [];
  const end = people.subscribe((event) => {
    if (event.personId !== id || (event.type !== "message" && event.type !== "edit")) return;
    if (event.message.from.is_bot) shown.push({ isNew: event.type === "message", message: event.message });
  });
  let updates = 0;
  /** Buttons above the person's last command are of no interest to them any more. */
  let lastCommand = 0;
  /** How much had been shown when the person last did something. */
  let shownBefore = 0;

  function act(): void {
    updates += 1;
    shownBefore = shown.length;
  }

  const fromBot = () => people.messages(id).filter(({ from }) => from.is_bot);

  /** The newest such message with that button. */
  function findButton(label: string, isIt: (message: Message) => boolean) {
    for (const message of fromBot().filter(isIt).toReversed()) {
      const data = buttonsOf(message).find(({ text }) => text.includes(label))?.callback_data;
      if (data !== undefined) return { message, data };
    }
    return undefined;
  }

  function tap({ message_id }: Message, data: string): void {
    for (let taps = isImpatient ? 2 : 1; taps > 0; taps -= 1) {
      act();
      people.press(id, message_id, data);
    }
  }

  /** Waits until it is so; never for a time. */
  async function until<Found>(what: string, look: () => Found | undefined): Promise<Found> {
    let change = Promise.withResolvers<void>();
    const unsubscribe = people.subscribe(() => change.resolve());
    const giveUp = setTimeout(
      () => change.reject(new Error(`${name} waited in vain ${what}; ${chatEnd()}`)),
      patienceMs,
    );
    try {
      for (;;) {
        const found = look();
        if (found !== undefined) return found;
        await change.promise;
        change = Promise.withResolvers();
      }
    } finally {
      clearTimeout(giveUp);
      unsubscribe();
    }
  }

  function chatEnd(): string {
    const last = people.messages(id).slice(-4);
    const lines = last.map((message) => `${message.text} [${buttonsOf(message).map(({ text }) => text)}]`);
    return `the chat ends: ${lines.join(" | ")}`;
  }

  return {
    id,
    name,
    shown: shown as readonly Shown[],
    fromBot,
    /** How many updates Telegram has got from this person. */
    updates: () => updates,

    start(code: string): void {
      act();
      lastCommand = people.start(id, code).message_id;
    },

    async say(text: string): Promise<void> {
      act();
      const { message_id } = people.sendText(id, text);
      if (text.startsWith("/")) lastCommand = message_id;
    },

    /** Presses the button as soon as it is there, on the newest message that says all of `about`. */
    async press(label: string, ...about: string[]): Promise<void> {
      const isIt = (message: Message) => message.message_id > lastCommand && says(message, about);
      const { message, data } = await until(`for the button ${label} ${about}`, () => findButton(label, isIt));
      tap(message, data);
    },

    /** Presses a button of that very message. */
    async pressOn({ message_id }: Message, label: string): Promise<void> {
      const isIt = (message: Message) => message.message_id === message_id;
      const { message, data } = await until(`for the button ${label}`, () => findButton(label, isIt));
      tap(message, data);
    },

    /** Until a message says all of that since the person last did something. */
    async sees(...words: string[]): Promise<Message> {
      const isIt = ({ message }: Shown) => says(message, words);
      return (await until(`to see ${words}`, () => shown.slice(shownBefore).find(isIt))).message;
    },

    end,
  };
}

export function buttonsOf(message: Message): { text: string; callback_data?: string }[] {
  const markup = message.reply_markup as { inline_keyboard?: { text: string; callback_data?: string }[][] } | undefined;
  return (markup?.inline_keyboard ?? []).flat();
}

/** Of the buttons of a message, of which every copy has the same; undefined where it has none. */
export function tokenOf(message: Message): string | undefined {
  return buttonsOf(message)
    .find(({ callback_data }) => callback_data !== undefined)
    ?.callback_data?.split(".")[0];
}

function says({ text = "" }: Message, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
