import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { ClockLook } from "./clock.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const answerWithinMs = 10_000;

/** Telegram's answer, or why there is none. Neither contains the token. */
export type Answer = ({ ok: true; result: unknown } | { ok: false; code: number | undefined; description: string }) & {
  /** By its Date header. */
  clock?: ClockLook;
};

/** Calls a method that reads; `withinMs` is a whole number. */
export type Ask = (method: string, parameters?: Record<string, unknown>, withinMs?: number) => Promise<Answer>;

const answerBody = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.int().optional(),
  description: z.string().optional(),
});

/** @param apiRoot ends in a slash */
export function askTelegram({ apiRoot, token }: { apiRoot: string; token: string }): Ask {
  return async (method, parameters = {}, withinMs = answerWithinMs) => {
    const askedAt = new Date();
    const signal = AbortSignal.timeout(withinMs);
    try {
      const response = await fetch(`${apiRoot}bot${token}/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(parameters),
        signal,
      });
      const clock = clockOf(response, askedAt);
      const body = answerBody.safeParse(await response.json().catch(() => undefined));
      if (!body.success) return { ok: false, code: undefined, description: "not an answer of the Bot API", ...clock };
      const { ok: isOk, result, error_code: code, description = "no reason given" } = body.data;
      return isOk ? { ok: true, result, ...clock } : { ok: false, code, description, ...clock };
    } catch (fault) {
      return { ok: false, code: undefined, description: networkCode(fault) };
    }
  };
}

function clockOf(response: Response, askedAt: Date): { clock?: ClockLook } {
  const theirs = new Date(response.headers.get("date") ?? Number.NaN);
  if (Number.isNaN(theirs.getTime())) return {};
  return { clock: { whose: "Telegram", theirs, askedAt, answeredAt: new Date(), unitMs: 1000 } };
}

/** Of a fetch only its code, for its texts contain the address, and so the token. */
function networkCode(fault: unknown): string {
  if (!(fault instanceof Error)) return "unknown fault";
  if (fault.name === "TimeoutError") return "no answer in time";
  return (fault.cause as NodeJS.ErrnoException | undefined)?.code ?? "no connection";
}

const me = z.object({ id: z.int(), username: z.string() });

/** Of getMe. */
export function judgeToken(answer: Answer, apiRoot: string): { finding: Finding; bot?: z.infer<typeof me> } {
  if (answer.ok) {
    const bot = me.safeParse(answer.result);
    if (bot.success) return { finding: ok("token", `that of @${bot.data.username}`), bot: bot.data };
  } else if (answer.code === 401 || answer.code === 404) {
    return {
      finding: fail(
        "token",
        "Telegram does not know it",
        "copy it again from @BotFather (/mybots, API Token) into TELEGRAM_BOT_TOKEN",
      ),
    };
  }
  const reason = answer.ok ? "not an answer of the Bot API" : answer.description;
  const fix = `this machine needs a way out over HTTPS: curl -sS -o /dev/null -w '%{http_code}\\n' ${apiRoot}`;
  return { finding: fail("token", `${apiRoot} does not answer as Telegram does (${reason})`, fix) };
}

const webhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.int().default(0),
  /** Kept when later deliveries succeed. */
  last_error_date: z.int().optional(),
  last_error_message: z.string().default("no reason given"),
});
type WebhookInfo = z.infer<typeof webhookInfo>;

/** `url` is what Telegram should have, undefined: none, since the bot polls. */
export type WebhookWish = { url: string | undefined; isRunning: boolean; now: Date };

/** An error is of now as long as Telegram's longest wait before it tries again, and a delivery that hangs. */
const recentErrorMs = 3 * 60_000;
const takeBack = "stop the other program, or take a new token for it: @BotFather, /revoke makes the old one void";

/** Of getWebhookInfo. A Simpul that runs sets, or removes, the webhook by itself. */
export function judgeWebhook(answer: Answer, { url, isRunning, now }: WebhookWish): Finding {
  const info = webhookInfo.safeParse(answer.ok ? answer.result : undefined).data;
  if (info === undefined)
    return warn("webhook", "Telegram does not say whether one is set", "run doctor again in a minute");
  if (url !== undefined && info.url === url) return judgeDeliveries(info, now);
  if (url === undefined && info.url === "") return ok("webhook", "none is set, as polling needs it");
  if (url !== undefined && info.url === "" && !isRunning) return ok("webhook", "none is set yet: the start sets it");
  const other = info.url === "" ? "none is set" : `one is set to ${URL.parse(info.url)?.host ?? "another program"}`;
  if (isRunning)
    return fail(
      "webhook",
      `${other}: Simpul runs with other settings than these, or another program changes it`,
      `run doctor with the settings of what runs (PUBLIC_URL, TELEGRAM_WEBHOOK_SECRET); else ${takeBack}`,
    );
  return warn("webhook", `${other}: the start of Simpul changes it`, `see that no other program needs it: ${takeBack}`);
}

function judgeDeliveries({ pending_update_count: pending, ...info }: WebhookInfo, now: Date): Finding {
  const { last_error_date: seconds, last_error_message: reason } = info;
  if (seconds === undefined) return ok("webhook", `Telegram delivers to it; ${pending} updates wait`);
  const agoMs = now.getTime() - seconds * 1000;
  const says = `${pending} updates wait; the last failure was ${Math.round(agoMs / 1000)} s ago: ${reason}`;
  if (agoMs > recentErrorMs) return ok("webhook", `Telegram delivers to it; ${says}`);
  const fix = reason.includes(" 401")
    ? "Telegram has another secret: restart Simpul, which tells it that of TELEGRAM_WEBHOOK_SECRET"
    : "from outside this has to answer 401: curl -sS -o /dev/null -w '%{http_code}\\n' -X POST $PUBLIC_URL/telegram";
  return pending === 0 ? warn("webhook", says, fix) : fail("webhook", `Telegram cannot deliver: ${says}`, fix);
}

export type PollingLook =
  | { outcome: "alone"; seconds: number; waiting: boolean }
  | { outcome: "conflict" }
  | { outcome: "taken" }
  | { outcome: "refused"; description: string };

const updates = z.array(z.object({ update_id: z.int() }));
const lookAgainMs = 1_000;

/**
 * Polls for a while and confirms nothing: another poller's next poll ends ours with a conflict, and where updates wait they would
 * go away under our eyes. The other one is interrupted once and polls again by itself.
 */
export async function watchPolling(ask: Ask, forMs: number): Promise<PollingLook> {
  const endAt = performance.now() + forMs;
  let first: number | undefined;
  for (;;) {
    const leftMs = endAt - performance.now();
    if (leftMs <= 0) return { outcome: "alone", seconds: Math.round(forMs / 1000), waiting: first !== undefined };
    const timeout = Math.ceil(leftMs / 1000);
    const answer = await ask("getUpdates", { limit: 1, timeout }, timeout * 1000 + answerWithinMs);
    if (!answer.ok)
      return answer.code === 409 ? { outcome: "conflict" } : { outcome: "refused", description: answer.description };
    const now = updates.safeParse(answer.result).data?.[0]?.update_id;
    if (first !== undefined && now !== first) return { outcome: "taken" };
    first = now;
    await pause(Math.min(lookAgainMs, Math.max(0, endAt - performance.now())));
  }
}

export function judgePolling(look: PollingLook): Finding {
  switch (look.outcome) {
    case "alone":
      return ok(
        "polling",
        `nobody else polled for ${look.seconds} s${look.waiting ? "; messages wait for the start" : ""}`,
      );
    case "conflict":
      return fail("polling", "another program polls with this token", takeBack);
    case "taken":
      return fail("polling", "another program takes this bot's messages", takeBack);
    case "refused":
      return warn("polling", `Telegram did not let us look: ${look.description}`, "run doctor again in a minute");
  }
}

/** A chat that Simpul is to work in, by the variable that names it. */
export type ChatLook = { variable: string; chat: Answer; member: Answer };

export async function lookAtChat(ask: Ask, variable: string, chatId: number, botId: number): Promise<ChatLook> {
  const chat = await ask("getChat", { chat_id: chatId });
  return { variable, chat, member: await ask("getChatMember", { chat_id: chatId, user_id: botId }) };
}

const chatFields = z.object({
  type: z.string(),
  permissions: z.object({ can_pin_messages: z.boolean().optional() }).optional(),
});
const memberFields = z.object({
  status: z.string(),
  can_pin_messages: z.boolean().optional(),
  can_post_messages: z.boolean().optional(),
  can_edit_messages: z.boolean().optional(),
});

type Chat = z.infer<typeof chatFields>;
type Member = z.infer<typeof memberFields>;

export function judgeChat({ variable, chat: chatAnswer, member: memberAnswer }: ChatLook, botName: string): Finding {
  const what = "chat";
  const chat = chatFields.safeParse(chatAnswer.ok ? chatAnswer.result : undefined).data;
  if (chat?.type === "private") return ok(what, `${variable}: a private chat`);
  const kind = chat?.type === "channel" ? "channel" : "group";
  const member = memberFields.safeParse(memberAnswer.ok ? memberAnswer.result : undefined).data;
  if (chat === undefined || member === undefined || ["left", "kicked"].includes(member.status))
    return fail(
      what,
      `${variable}: the bot is not in that ${kind}`,
      `add @${botName} to the ${kind}, or correct ${variable}`,
    );
  const lacking = kind === "channel" ? lackingInChannel(member) : lackingInGroup(chat, member);
  if (lacking !== undefined)
    return fail(
      what,
      `${variable}: the bot may not ${lacking.deed} messages there`,
      `make @${botName} administrator of the ${kind}, with ${lacking.rights}`,
    );
  return ok(what, `${variable}: the bot is in the ${kind} and may ${kind === "channel" ? "post and pin" : "pin"}`);
}

/** What it may not do, and the rights that it needs by their names in Telegram. */
type Lacking = { deed: "post" | "pin"; rights: string } | undefined;

function lackingInGroup({ permissions }: Chat, { status, can_pin_messages: own }: Member): Lacking {
  const mayPin = status === "administrator" ? own : permissions?.can_pin_messages;
  return mayPin ? undefined : { deed: "pin", rights: '"Pin messages"' };
}

/** In a channel only administrators post, and there is no right to pin: who may edit may pin. source: Bot API, pinChatMessage */
function lackingInChannel({ can_post_messages: mayPost, can_edit_messages: mayEdit }: Member): Lacking {
  const rights = '"Post messages" and "Edit messages of others"';
  if (!mayPost) return { deed: "post", rights };
  return mayEdit ? undefined : { deed: "pin", rights };
}
