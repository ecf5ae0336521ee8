import http from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { setTimeout } from "node:timers/promises";
import { type Intercept, openBotApi } from "./answer.ts";
import { openCallFaults } from "./call-faults.ts";
import { type Faults, type FaultsInside, openFaults } from "./faults.ts";
import { checkGroup, type PlaygroundGroup } from "./groups.ts";
import { isStartPayload, openPeople, type People } from "./people.ts";
import { openPlayground } from "./playground.ts";
import type { SwitchGroup } from "./playground-switches.ts";
import type { Change } from "./state.ts";
import { openStore } from "./store.ts";
import type { Location } from "./types.ts";
import { openUpdateFaults } from "./update-faults.ts";
import { openUpdateQueue } from "./updates.ts";
import { openWebhook } from "./webhook.ts";
import type { PersonEvent, PlaygroundPerson, World } from "./world.ts";
import { beginInWorld } from "./world-faults.ts";

export type { Fault, Intercept, InterceptedCall } from "./answer.ts";
export type { FaultKind, FaultRule } from "./fault-kinds.ts";
export type { FaultHit, FaultPlan } from "./fault-plan.ts";
export type { Faults } from "./faults.ts";
export { anonymousAdministrator, generalTopicId, type PlaygroundGroup } from "./groups.ts";
export type { CallbackAnswer, People, SentDocument, SentLocation, SentMedia, SentPhoto } from "./people.ts";
export type { NewBotStanding } from "./people-in-groups.ts";
export type { Where } from "./person-place.ts";
export { PersonRefusal } from "./person-refusal.ts";
export type { PlaygroundSwitch, SwitchGroup } from "./playground-switches.ts";
export type { BotStanding, Topic } from "./state.ts";
export type { BotCommand, Message, MessageEntity, Update, User } from "./types.ts";
export type { PersonEvent, PlaygroundPerson } from "./world.ts";

export type TelegramServerOptions = {
  token: string;
  bot: { id: number; firstName: string; username: string };
  people: PlaygroundPerson[];
  /** where the bot is; who is a member sees it in the own column of the page */
  groups?: PlaygroundGroup[];
  /** where the page puts a pin on the map at first */
  mapPoint?: Location;
  /** what the page can switch beside Telegram, in the panel of faults */
  switches?: readonly SwitchGroup[];
  /** where the state is kept; absent: in memory only. One server at a time. */
  folder?: string;
  /** asked before each call, also to watch or hold it: what a program makes of single calls. By chance or by hand: `faults` */
  intercept?: Intercept;
  now?: () => Date;
  /** what a webhook that fails is waited for at most; a minute, as on Telegram */
  longestRetryWaitMs?: number;
};

export type TelegramServer = {
  /** answers `/bot<token>/<method>` and `/file/bot<token>/<path>` */
  botApi: (request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>;
  /** answers everything below `/playground`; checks Host and Origin itself */
  playground: (request: Request) => Promise<Response>;
  people: People;
  faults: Faults;
  /**
   * Serves the Bot API and the playground.
   * @param port 0 for any
   */
  listen(port: number, host: string): Promise<{ url: string }>;
  /** @throws RangeError a payload is 1 to 64 of A-Z, a-z, 0-9, _ and - */
  setStartPayload(personId: number, payload: string | undefined): void;
  close(): Promise<void>;
};

const longestClosingMs = 2_000;

/**
 * @throws JournalFault the folder's journal cannot be read
 * @throws RangeError the id of a group is not one
 */
export async function openTelegramServer(options: TelegramServerOptions): Promise<TelegramServer> {
  const { token, bot, intercept, now: realNow = () => new Date() } = options;
  for (const group of options.groups ?? []) checkGroup(group);
  const store = openStore(options.folder);
  const faults: FaultsInside = openFaults(realNow, (happening) => beginInWorld(world, faults, happening));
  const { now } = faults;
  const updateFaults = openUpdateFaults(faults);
  const queue = openUpdateQueue(store, now, updateFaults.arrange);
  const webhook = openWebhook(store, now, updateFaults.deliveriesOf, options.longestRetryWaitMs);
  const listeners = new Set<(event: PersonEvent) => void>();
  const world: World = {
    bot: { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username },
    people: new Map(options.people.map((person) => [person.id, person])),
    groups: new Map((options.groups ?? []).map((group) => [group.id, group])),
    startPayloads: new Map(),
    ...(options.mapPoint === undefined ? {} : { mapPoint: options.mapPoint }),
    store,
    state: store.state,
    queue,
    webhook,
    now,
    record(given: Change[], ...events: PersonEvent[]) {
      const changes = given.filter((change) => change.change !== "update" || !updateFaults.holdBack(change, queueLate));
      if (changes.length > 0) store.write(changes);
      if (changes.some(({ change }) => change === "update")) {
        queue.wake();
        webhook.wake();
      }
      for (const event of events) for (const listener of listeners) listener(event);
    },
  };
  /** What was held back gets the id that is the next one now, as Telegram gives ids when an update reaches the queue. */
  function queueLate({ update, at }: Extract<Change, { change: "update" }>): void {
    store.write([{ change: "update", update: { ...update, update_id: store.state.lastUpdateId + 1 }, at }]);
    queue.wake();
    webhook.wake();
  }

  const people = openPeople(world, (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  const botApi = openBotApi(world, token, {
    intercept,
    faultOf: openCallFaults(faults, world, people),
    closing: faults.closing,
  });
  const playground = await openPlayground(world, people, faults, options.switches ?? []);
  const servers: http.Server[] = [];
  const answering = new Set<http.ServerResponse>();

  function setStartPayload(personId: number, payload: string | undefined): void {
    if (payload === undefined) {
      world.startPayloads.delete(personId);
      return;
    }
    if (!isStartPayload(payload)) {
      throw new RangeError(`the start payload of person ${personId} is not 1 to 64 of A-Z, a-z, 0-9, _ and -`);
    }
    world.startPayloads.set(personId, payload);
  }
  for (const person of options.people) setStartPayload(person.id, person.startPayload);

  return {
    botApi,
    playground: playground.handle,
    people,
    faults,
    setStartPayload,
    async listen(port, host) {
      const server = http.createServer((request, response) => {
        answering.add(response);
        response.on("close", () => answering.delete(response));
        const isPlayground = /^\/playground(?:[/?]|$)/.test(request.url ?? "");
        void (isPlayground ? answerWith(playground.handle, request, response) : botApi(request, response));
      });
      // A long poll and an upload may take long; the default limits are for strangers.
      server.requestTimeout = 0;
      server.keepAliveTimeout = 75_000;
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, resolve);
      });
      servers.push(server);
      const address = server.address();
      const actualPort = typeof address === "object" && address !== null ? address.port : port;
      return { url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}/` };
    },
    async close() {
      faults.close();
      queue.close();
      webhook.close();
      playground.close();
      await Promise.all(servers.map((server) => closeServer(server, answering)));
      store.close();
    },
  };
}

/** What is being answered may end; who then still holds a connection loses it. */
async function closeServer(server: http.Server, answering: ReadonlySet<http.ServerResponse>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const answered = [...answering].map((response) => new Promise<void>((resolve) => response.on("close", resolve)));
  const timeLimit = new AbortController();
  const late = setTimeout(longestClosingMs, undefined, { signal: timeLimit.signal }).catch(() => {});
  await Promise.race([Promise.all(answered), late]);
  timeLimit.abort();
  server.closeAllConnections();
  await closed;
}

/** Lets a fetch-style handler answer a node:http request. */
async function answerWith(
  handle: (request: Request) => Promise<Response>,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  try {
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const headers = new Headers();
    for (const [name, values] of Object.entries(request.headersDistinct)) {
      for (const value of values ?? []) headers.append(name, value);
    }
    const answer = await handle(
      new Request(new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`), {
        method: request.method ?? "GET",
        headers,
        ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream<Uint8Array>, duplex: "half" as const } : {}),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body === null) {
      response.end();
      return;
    }
    const body = Readable.fromWeb(answer.body as ReadableStream);
    response.on("close", () => body.destroy());
    body.on("error", () => response.destroy());
    body.pipe(response);
  } catch {
    response.destroy();
  }
}
