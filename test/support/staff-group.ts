import type { LimitOptions } from "../../bot/telegram/limits.ts";
import { chooseStaffGroup } from "../../core/actions/staff-group.ts";
import { doStep } from "../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../core/actions/ticket/file-ticket.ts";
import { writeMessage } from "../../core/actions/ticket/write-message.ts";
import { findPersonByTelegramUser } from "../../core/db/people/people.ts";
import type { Tx } from "../../core/db/tables.ts";
import { findTopic } from "../../core/db/ticket/ticket-topics.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Intercept, Message, PlaygroundGroup } from "../../telegram-server/server.ts";
import { type CastName, idOf, openDesk } from "./desk.ts";

export const groupId = -1_001_234_567_890;

export type GroupDesk = Awaited<ReturnType<typeof openGroupDesk>>;

/** Who is a member of the group, its owner first. `user` and `stranger` are there too, and ought not to be. */
const members = [
  ...(["administrator", "helpDesk", "itSupport", "itSupport2", "dataCenter", "infrastructure", "leadership"] as const),
  ...(["user", "stranger"] as const),
];

/** The desk of `openDesk` with a forum group in which its people work, most of them linked. */
export async function openGroupDesk(
  options: {
    group?: Partial<PlaygroundGroup>;
    groups?: PlaygroundGroup[];
    intercept?: Intercept;
    limits?: LimitOptions;
    isChosen?: boolean;
  } = {},
) {
  const group = { id: groupId, title: "Petugas", isForum: true, members: members.map(idOf), ...options.group };
  const desk = await openDesk({
    groups: [group, ...(options.groups ?? [])],
    ...(options.intercept === undefined ? {} : { intercept: options.intercept }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const { server } = desk;
  await desk.link(
    "user",
    "colleague",
    "helpDesk",
    "itSupport",
    "itSupport2",
    "administrator",
    "officer",
    "otherOffice",
  );
  const act = <Result>(work: (tx: Tx) => Promise<Result>) => desk.db.transaction().execute(work);
  if (options.isChosen !== false) await act((tx) => chooseStaffGroup(tx, desk.setting(), group.id));
  await desk.settled();

  async function personOf(who: CastName): Promise<Person> {
    const person = await findPersonByTelegramUser(desk.db, desk.idOf(who));
    if (person === undefined) throw new Error(`${who} is not linked`);
    return person;
  }

  async function done<Value>(outcome: Promise<Outcome<Value>>): Promise<Value> {
    const result = await outcome;
    if (!result.ok) throw new Error(`was refused: ${result.refusal.code}`);
    await desk.settled();
    return result.value;
  }

  /** The thread of the ticket's topic. */
  async function threadOf(ticketId: number): Promise<number> {
    const topic = await findTopic(desk.db, ticketId);
    if (topic?.threadId == null) throw new Error(`ticket ${ticketId} has no topic`);
    return topic.threadId;
  }

  const words = ({ text, caption }: Message) => text ?? caption ?? "";

  /** What the bot has written in the ticket's topic, oldest first, as it stands now. */
  async function inTopic(ticketId: number): Promise<Message[]> {
    const messages = server.people.groupMessages(group.id, await threadOf(ticketId));
    return messages.filter((message) => message.from.is_bot && words(message) !== "");
  }

  async function newestIn(ticketId: number): Promise<Message> {
    const message = (await inTopic(ticketId)).at(-1);
    if (message === undefined) throw new Error(`the topic of ticket ${ticketId} is empty`);
    return message;
  }

  /** The newest message of the bot there with these words. */
  async function seen(ticketId: number, text: string | RegExp): Promise<Message> {
    const all = await inTopic(ticketId);
    const found = all.findLast((message) =>
      typeof text === "string" ? words(message).includes(text) : text.test(words(message)),
    );
    if (found === undefined) throw new Error(`the topic has no ${text}: ${all.map(words).join(" | ")}`);
    return found;
  }

  async function writeComment(ticketId: number, text: string, by: CastName): Promise<void> {
    const person = await personOf(by);
    await done(act((tx) => writeMessage(tx, person, desk.setting(), { ticketId, kind: "comment", text })));
  }

  return {
    ...desk,
    desk,
    groupId: group.id,
    act,
    personOf,
    threadOf,
    inTopic,
    newestIn,
    seen,
    wordsIn: async (ticketId: number) => (await inTopic(ticketId)).map(words).join("\n---\n"),
    newestWordsIn: async (ticketId: number) => words(await newestIn(ticketId)),
    cardIn: (ticketId: number) => seen(ticketId, `T-${String(ticketId).padStart(4, "0")} · Gangguan`),
    topicOf: async (ticketId: number) => {
      const threadId = await threadOf(ticketId);
      return server.people.topics(group.id).find(({ id }) => id === threadId);
    },

    async file(by: CastName = "user", answers: Answers = {}): Promise<number> {
      const person = await personOf(by);
      const form = { application: "SIMPEG", description: "Layar putih.", "occurred-at": "kemarin 08.30", ...answers };
      return done(
        act((tx) =>
          fileTicket(tx, person, desk.setting(), { procedure: "application-trouble", answers: form, draftId: 0 }),
        ),
      );
    },

    async step(ticketId: number, name: string, by: CastName, answers: Answers = {}): Promise<void> {
      const person = await personOf(by);
      const { version = 0 } = (await findTicket(desk.db, ticketId)) ?? {};
      await done(act((tx) => doStep(tx, person, desk.setting(), { ticketId, step: name, version, answers })));
    },

    /** The comment as it stands in the ticket's topic. */
    async comment(ticketId: number, text: string, by: CastName = "user"): Promise<Message> {
      await writeComment(ticketId, text, by);
      return seen(ticketId, text);
    },

    /** As {@link comment}, for a group that the bot may not write in: nothing comes of it there. */
    async commentUnseen(ticketId: number, text: string): Promise<void> {
      await writeComment(ticketId, text, "user");
    },

    /** Writes in the ticket's topic, and waits for all that comes of it. */
    async write(who: CastName, ticketId: number, text: string, how: { replyTo?: number; isAnonymous?: boolean } = {}) {
      const where = { groupId: group.id, topicId: await threadOf(ticketId), ...how };
      const message = server.people.sendText(desk.idOf(who), text, where);
      await desk.settled();
      return message;
    },

    /** Presses a button of a message in the group. @returns what Telegram shows at the press, "" for nothing */
    async pressIn(who: CastName, message: Message, label: string): Promise<string> {
      const button = desk.buttonsOf(message).find(({ text }) => text.includes(label));
      if (button?.callback_data === undefined) {
        throw new Error(`no button ${label}: ${desk.buttonsOf(message).map(({ text }) => text)}`);
      }
      const id = desk.idOf(who);
      const queryId = server.people.pressRaw(id, message.message_id, button.callback_data, { groupId: group.id });
      const answer = await desk.until(`the press of ${label} is answered`, () =>
        server.people.callbackAnswers(id).find(({ callbackQueryId }) => callbackQueryId === queryId),
      );
      await desk.settled();
      return answer.text ?? "";
    },

    entries: (ticketId: number) =>
      desk.db
        .selectFrom("entry")
        .select(["kind", "answers", "person_id as personId"])
        .where("ticket_id", "=", ticketId)
        .orderBy("id")
        .execute(),
  };
}
