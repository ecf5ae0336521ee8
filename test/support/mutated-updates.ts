import fc from "fast-check";

/** Where updates come from and what they may name, so that many of them mean something. */
export type Surroundings = {
  people: readonly number[];
  groupId: number;
  topics: readonly number[];
  messageIds: readonly number[];
  /** Data of buttons that are on screens. */
  buttons: readonly string[];
  commands: readonly string[];
};

type Path = (string | number)[];
type Mutation = { where: number; how: "remove" | "replace" | "add" | "repeat"; with: unknown };

/**
 * Updates as the Bot API documents them, most of them with up to three changes anywhere: something missing, extra, huge, or of
 * another type. https://core.telegram.org/bots/api#update
 */
export function mutatedUpdates(surroundings: Surroundings): fc.Arbitrary<object> {
  return fc
    .tuple(documented(surroundings), fc.array(mutation, { maxLength: 3 }))
    .map(([update, mutations]) => mutations.reduce(mutate, update));
}

/** What breaks programs: nothing, much, other types, other alphabets, names with a meaning. */
const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, "", " ", 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e300, [], {}, [[]]),
  fc.constantFrom(
    "\u0000",
    "\ud800",
    "\u202eabc",
    "e\u0301".repeat(500),
    "<b>&",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
  ),
  fc.constantFrom(
    "'; drop table ticket; --",
    "__proto__",
    "constructor",
    "$" + "{x}",
    "/start",
    "/",
    "T-0001",
    "😀".repeat(2000),
  ),
  fc.constantFrom(4096, 70_000).map((length) => "x".repeat(length)),
  fc.constantFrom(1_000).map((length) => Array.from({ length }, () => ({ file_id: "x" }))),
  fc.jsonValue({ maxDepth: 3 }),
);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.nat(),
  how: fc.constantFrom("remove", "replace", "replace", "add", "repeat"),
  with: strange,
});

function documented({ people, groupId, topics, messageIds, buttons, commands }: Surroundings): fc.Arbitrary<object> {
  const id = fc.constantFrom(...people);
  const words = fc.oneof(
    fc.constantFrom(...commands, "SIMPEG tidak bisa dibuka", "T-0001", "kemarin 14.00", "besok", "3", "08.30", "-"),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    strange.filter((value) => typeof value === "string"),
  );
  const user = id.map((from) => ({ id: from, is_bot: false, first_name: "Siti", language_code: "id" }));
  const messageId = fc.constantFrom(...messageIds);
  const file = { file_id: "AgACAgQAAx", file_unique_id: "AQAD", file_size: 1234 };
  const content: fc.Arbitrary<object> = fc.oneof(
    { weight: 6, arbitrary: words.map((text) => ({ text })) },
    words.map((caption) => ({ caption, photo: [{ ...file, width: 90, height: 90 }] })),
    words.map((name) => ({ document: { ...file, file_name: name, mime_type: "application/pdf" } })),
    fc
      .constantFrom("voice", "video", "video_note", "audio", "animation")
      .map((kind) => ({ [kind]: { ...file, duration: 3 } })),
    fc.record({ latitude: fc.double(), longitude: fc.double() }).map((location) => ({ location })),
    fc.constantFrom("sticker", "contact", "poll", "dice", "story").map((kind) => ({ [kind]: {} })),
    fc.constant({ media_group_id: "13", caption: "album", photo: [{ ...file, width: 90, height: 90 }] }),
    fc.constant({
      venue: { title: "Aula", address: "Jl. 1", location: { latitude: 2, longitude: 99 } },
      location: { latitude: 2, longitude: 99 },
    }),
    fc.constantFrom<object>(
      { new_chat_members: [{ id: 7, is_bot: false, first_name: "A" }] },
      { pinned_message: { message_id: 1 } },
      { migrate_to_chat_id: -1_009_999_999_999 },
      { forum_topic_created: { name: "A", icon_color: 1 } },
      { forum_topic_edited: { name: "Lain" } },
      { forum_topic_closed: {} },
      { forum_topic_reopened: {} },
    ),
  );
  const place = fc.oneof(
    { weight: 3, arbitrary: fc.constant("private" as const) },
    fc.constant("group" as const),
    fc.constantFrom(...topics).map((thread) => ({ thread })),
  );
  const message = fc
    .tuple(user, place, messageId, content, fc.option(messageId, { nil: undefined }))
    .map(([from, where, message_id, what, replyTo]) => ({
      message_id,
      date: 1_795_000_000,
      from,
      chat:
        where === "private"
          ? { id: from.id, type: "private", first_name: "Siti" }
          : { id: groupId, type: "supergroup", title: "Petugas", is_forum: true },
      ...(typeof where === "object" && { message_thread_id: where.thread, is_topic_message: true }),
      ...(replyTo !== undefined && {
        reply_to_message: { message_id: replyTo, from: { id: 123456, is_bot: true, first_name: "Simpul" } },
      }),
      ...what,
    }));
  const press = fc.tuple(user, message, fc.oneof(fc.constantFrom(...buttons), words)).map(([from, on, data]) => ({
    id: "4711",
    from,
    chat_instance: "1",
    data,
    message: { ...on, chat: on.chat.type === "private" ? { ...on.chat, id: from.id } : on.chat },
  }));
  const membership = fc
    .tuple(user, fc.boolean(), fc.constantFrom("member", "kicked", "left", "administrator"))
    .map(([from, isGroup, status]) => ({
      chat: isGroup ? { id: groupId, type: "supergroup", title: "Petugas" } : { id: from.id, type: "private" },
      from,
      date: 1_795_000_000,
      old_chat_member: { status: "member", user: { id: 123456 } },
      new_chat_member: { status, user: { id: 123456 } },
    }));
  return fc.oneof(
    { weight: 8, arbitrary: message.map((it) => ({ message: it })) },
    { weight: 6, arbitrary: press.map((it) => ({ callback_query: it })) },
    { weight: 2, arbitrary: message.map((it) => ({ edited_message: { ...it, edit_date: 1_795_000_001 } })) },
    membership.map((it) => ({ my_chat_member: it })),
    message.map((it) => ({ channel_post: it })),
    fc
      .constantFrom("inline_query", "poll_answer", "chat_join_request", "message_reaction", "business_message")
      .map((kind) => ({ [kind]: { id: "1" } })),
  );
}

function mutate(update: object, { where, how, with: value }: Mutation): object {
  const paths = pathsIn(update);
  const path = paths[where % paths.length];
  if (path === undefined) return update;
  const copy = structuredClone(update);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], copy) as Record<
    string | number,
    unknown
  >;
  const key = path.at(-1) ?? "";
  if (how === "remove") delete parent[key];
  if (how === "replace") parent[key] = value;
  if (how === "add") parent[`${key}_2`] = value;
  if (how === "repeat") parent[key] = [parent[key], parent[key]];
  return copy;
}

/** Every place in it, by the keys that lead there. */
function pathsIn(value: unknown, before: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...before, key];
    return [path, ...pathsIn(inner, path)];
  });
}
