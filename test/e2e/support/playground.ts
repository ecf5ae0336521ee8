import { until } from "./until.ts";

type Button = { text: string; callback_data?: string };
type Message = {
  message_id: number;
  text?: string;
  from: { is_bot: boolean };
  reply_markup?: { inline_keyboard?: Button[][] };
};
type Person = { id: number; first_name: string; last_name?: string };

export type Playground = ReturnType<typeof playgroundAt>;

/** The playground without its page: its HTTP API, by the people's names. */
export function playgroundAt(address: string) {
  async function call<Answer>(path: string, body?: object): Promise<Answer> {
    const init = body && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    const response = await fetch(new URL(`playground/api${path}`, address), init);
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async function people(): Promise<Person[]> {
    return (await call<{ people: Person[] }>("/people")).people;
  }

  async function pathOf(name: string): Promise<string> {
    const person = (await people()).find((each) => nameOf(each) === name);
    if (person === undefined) throw new Error(`nobody in the playground is called ${name}`);
    return `/people/${person.id}`;
  }

  async function fromBot(name: string): Promise<Message[]> {
    const { messages } = await call<{ messages: Message[] }>(`${await pathOf(name)}/chat`);
    return messages.filter(({ from }) => from.is_bot);
  }

  /** The newest message that fits. */
  async function waitFor<Found>(name: string, what: string, look: (message: Message) => Found | undefined) {
    const words = async () => (await fromBot(name)).slice(-3).map(({ text }) => text);
    return until(
      async () => `${name} sees ${what}; the chat ends: ${(await words()).join(" | ")}`,
      async () => {
        for (const message of (await fromBot(name)).toReversed()) {
          const found = look(message);
          if (found !== undefined) return found;
        }
        return undefined;
      },
    );
  }

  return {
    names: async () => (await people()).map(nameOf),

    async start(name: string): Promise<void> {
      await call(`${await pathOf(name)}/start`, {});
    },

    async say(name: string, text: string): Promise<void> {
      await call(`${await pathOf(name)}/messages`, { text });
    },

    /** @returns the words of the newest message with that text */
    sees: (name: string, text: string): Promise<string> =>
      waitFor(name, `"${text}"`, (message) => (message.text?.includes(text) ? message.text : undefined)),

    /** As `sees`, but only the newest message counts: an earlier form has asked the same. */
    async asks(name: string, text: string): Promise<void> {
      await until(
        async () => `${name} is asked "${text}" last; the chat ends: ${(await fromBot(name)).at(-1)?.text}`,
        async () => (await fromBot(name)).at(-1)?.text?.includes(text),
      );
    },

    /** Presses the newest button of that label, as soon as there is one. */
    async press(name: string, label: string): Promise<void> {
      const press = await waitFor(name, `the button ${label}`, (message) => {
        const button = message.reply_markup?.inline_keyboard?.flat().find(({ text }) => text.includes(label));
        return button && { message_id: message.message_id, data: button.callback_data };
      });
      await call(`${await pathOf(name)}/presses`, press);
    },
  };
}

function nameOf({ first_name, last_name }: Person): string {
  return last_name === undefined ? first_name : `${first_name} ${last_name}`;
}
