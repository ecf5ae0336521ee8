import { createHash, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import { profileNames } from "./profile.ts";

/** What the process was told at its start. Without a token it runs the playground. */
export type Environment = {
  /** a folder of `profilesFolder` */
  profile: string;
  /** where profiles of one's own lie, absolute; undefined: `config/profiles` */
  profilesFolder: string | undefined;
  /** state folder, absolute; not yet made */
  home: string;
  host: string;
  /** 0 lets the system choose a free one */
  port: number;
  /** where people reach the pages, ends in a slash; undefined: only on this machine */
  publicUrl: string | undefined;
  /** the owner's connection; undefined: the embedded database */
  databaseUrl: string | undefined;
  /** with its password; undefined: Postgres carries the events */
  redisUrl: string | undefined;
  /** id of the group or channel in which the journal's head is pinned each day; undefined: it is not pinned */
  journalChat: number | undefined;
  /** id of the forum group in which the desk works; undefined: in private chats */
  staffGroup: number | undefined;
  /** servers that are asked where names lead, "10.1.0.53" or "10.1.0.53:5353"; none: the resolver of this machine */
  dnsResolvers: string[];
  pulumi: {
    /** of the state; undefined: a schema of the installation's database */
    backendUrl: string | undefined;
    /** absolute; undefined: one that is made in the state folder */
    passphraseFile: string | undefined;
  };
  logLevel: (typeof logLevels)[number];
} & (
  | {
      mode: "playground";
      /** the people of the desk are played in a staff group too */
      hasGroup: boolean;
      /** what is played is built on real hosts */
      hasDocker: boolean;
    }
  | { mode: "telegram"; telegram: Telegram }
);

export type Telegram = {
  token: string;
  /** ends in a slash */
  apiRoot: string;
  /** where Telegram delivers, and the secret it sends along; undefined: it is polled */
  webhook: { url: string; secret: string } | undefined;
};

export type System = {
  isRoot: boolean;
  /** of the account that runs the process, absolute */
  homeDirectory: string;
  /** the folder of `package.json`, absolute */
  checkout: string;
};

/** Names the variable and never its value, which may be a secret. */
export type Problem = { variable: Variable; message: string; example: string };

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const telegramsOwn = "https://api.telegram.org/";
/** source: Bot API, "setWebhook"; "" is that of https */
const webhookPorts = ["", "443", "80", "88", "8443"];
const loopbackHosts = ["127.0.0.1", "::1", "localhost"];

/** A right value of each; the token is put together here so that no scanner takes it for a real one. */
const examples = {
  SIMPUL_PROFILE: "labura",
  SIMPUL_PROFILES: "/etc/simpul/profiles",
  SIMPUL_HOME: "/var/lib/simpul",
  HOST: "127.0.0.1",
  PORT: "8080",
  PUBLIC_URL: "https://helpdesk.labura.go.id/",
  DATABASE_URL: "postgres://simpul_owner:password@127.0.0.1:5432/simpul",
  REDIS_URL: "redis://:password@127.0.0.1:6379/0",
  TELEGRAM_BOT_TOKEN: `1234567890:${"A".repeat(35)}`,
  TELEGRAM_API_ROOT: "https://api.telegram.org/",
  // A new one each time, for whoever copies it.
  TELEGRAM_WEBHOOK_SECRET: randomBytes(24).toString("base64url"),
  TELEGRAM_JOURNAL_CHAT: "-1001234567890",
  TELEGRAM_STAFF_GROUP: "-1001234567890",
  SIMPUL_PLAYGROUND_GROUP: "1",
  SIMPUL_PLAYGROUND_DOCKER: "1",
  DNS_RESOLVERS: "10.10.0.53,10.10.0.54:5353",
  PULUMI_BACKEND_URL: "postgres://simpul_owner:password@127.0.0.1:5432/simpul?sslmode=disable",
  PULUMI_CONFIG_PASSPHRASE_FILE: "/var/lib/simpul/pulumi.passphrase",
  LOG_LEVEL: "info",
};
type Variable = keyof typeof examples;

/** An address that others are appended to; a query would be lost on the way and a password would end up in links. */
const baseUrl = z
  .string()
  .refine(isBaseUrl, { error: "must be an http or https address without user, query and fragment" })
  .transform((text) => new URL(text).href.replace(/\/?$/, "/"));

/** Telegram's ids of groups and channels are below zero. */
function chatId(what: string) {
  return z
    .string()
    .refine((digits) => /^-[1-9]\d*$/.test(digits) && Number.isSafeInteger(Number(digits)), {
      error: `must be the id of ${what}, a whole number below zero`,
    })
    .transform(Number);
}

const variables = z.object({
  SIMPUL_PROFILE: z.string().default("labura"),
  SIMPUL_PROFILES: z.string().refine(isAbsolute, { error: "must be an absolute path of a folder" }).optional(),
  SIMPUL_HOME: z
    .string()
    .refine((path) => !path.startsWith("~"), { error: 'must be a path written out: "~" is known to shells only' })
    .optional(),
  HOST: z
    .string()
    .toLowerCase()
    .default("127.0.0.1")
    .refine(isHost, { error: "must be an IP address (IPv6 without brackets) or a host name, without a port" }),
  PORT: z
    .string()
    .default("8080")
    .refine((digits) => /^\d{1,5}$/.test(digits) && Number(digits) <= 65535, {
      error: "must be a whole number from 0 to 65535 (0: any free port)",
    })
    .transform(Number),
  PUBLIC_URL: baseUrl.optional(),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, { error: "must be a postgres address; signs such as # or / in a password as %23 or %2F" })
    .optional(),
  REDIS_URL: z
    .string()
    .refine(isRedisUrl, {
      error: "must be a redis, rediss or unix address; signs such as # or / in a password as %23 or %2F",
    })
    .optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[A-Za-z0-9_-]{35,}$/, {
      error: "must be a token as BotFather gives it: digits, a colon, at least 35 letters, digits, _ or -",
    })
    .optional(),
  TELEGRAM_API_ROOT: z.string().default(telegramsOwn).pipe(baseUrl),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/, { error: "must be 16 to 256 letters, digits, _ or -, which nobody can guess" })
    .optional(),
  TELEGRAM_JOURNAL_CHAT: chatId("a group or channel").optional(),
  TELEGRAM_STAFF_GROUP: chatId("a group").optional(),
  SIMPUL_PLAYGROUND_GROUP: z
    .enum(["0", "1"], { error: "must be 1 (the playground has a staff group) or 0" })
    .default("0")
    .transform((flag) => flag === "1"),
  SIMPUL_PLAYGROUND_DOCKER: z
    .enum(["0", "1"], { error: "must be 1 (the playground builds on the hosts of the profile) or 0" })
    .default("0")
    .transform((flag) => flag === "1"),
  DNS_RESOLVERS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((each) => (each.trim() === "" ? [] : [each.trim()])))
    .refine((servers) => servers.every(isResolver), {
      error: "must be IP addresses of name servers with commas between them, each with a port where that is not 53",
    }),
  PULUMI_BACKEND_URL: z
    .string()
    .refine(isStateUrl, { error: "must be an address that Pulumi knows, of postgres or a folder" })
    .optional(),
  PULUMI_CONFIG_PASSPHRASE_FILE: z
    .string()
    .refine(isAbsolute, { error: "must be an absolute path of a file" })
    .optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
});

/**
 * Every variable is optional, and an empty one counts as not set.
 *
 * @returns the environment, or every problem at once in the order of the variables
 */
export function readEnvironment(
  env: Record<string, string | undefined>,
  system: System,
): { ok: true; environment: Environment } | { ok: false; problems: Problem[] } {
  const given = withoutEmpty(env);
  const parsed = variables.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map(toProblem);

  const profileProblem = problemOfProfile(given);
  if (profileProblem !== undefined) problems.push(profileProblem);
  const isPlayground = given.TELEGRAM_BOT_TOKEN === undefined;
  const hostIsKnown = !problems.some(({ variable }) => variable === "HOST");
  if (isPlayground && hostIsKnown && !isLoopback(given.HOST)) {
    const message = `must be one of ${loopbackHosts.join(", ")} while TELEGRAM_BOT_TOKEN is not set: the playground gives rights without a password`;
    problems.push({ variable: "HOST", message, example: examples.HOST });
  }
  if (given.TELEGRAM_WEBHOOK_SECRET && !isPlayground && !problems.some(({ variable }) => variable === "PUBLIC_URL")) {
    const message = problemOfWebhook(given.PUBLIC_URL, given.TELEGRAM_API_ROOT);
    if (message !== undefined) problems.push({ variable: "PUBLIC_URL", message, example: examples.PUBLIC_URL });
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems: inOrder(problems) };

  const values = parsed.data;
  const common = {
    profile: values.SIMPUL_PROFILE,
    profilesFolder: values.SIMPUL_PROFILES,
    home: values.SIMPUL_HOME ? resolve(system.checkout, values.SIMPUL_HOME) : defaultHome(given, system),
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    journalChat: values.TELEGRAM_JOURNAL_CHAT,
    staffGroup: values.TELEGRAM_STAFF_GROUP,
    dnsResolvers: values.DNS_RESOLVERS,
    pulumi: { backendUrl: values.PULUMI_BACKEND_URL, passphraseFile: values.PULUMI_CONFIG_PASSPHRASE_FILE },
    logLevel: values.LOG_LEVEL,
  };
  const token = values.TELEGRAM_BOT_TOKEN;
  if (token === undefined) {
    const { SIMPUL_PLAYGROUND_GROUP: hasGroup, SIMPUL_PLAYGROUND_DOCKER: hasDocker } = values;
    return { ok: true, environment: { ...common, mode: "playground", hasGroup, hasDocker } };
  }
  const { PUBLIC_URL: publicUrl, TELEGRAM_WEBHOOK_SECRET: secret } = values;
  const webhook = publicUrl && secret ? { url: `${publicUrl}telegram`, secret } : undefined;
  return {
    ok: true,
    environment: { ...common, mode: "telegram", telegram: { token, apiRoot: values.TELEGRAM_API_ROOT, webhook } },
  };
}

/** Of a process that runs one part of Simpul beside others. */
export type PartEnvironment = Extract<Environment, { mode: "telegram" }> & { databaseUrl: string };

/** The playground and the embedded database belong to the one process of `npm start`. */
export function readPartEnvironment(
  environment: Environment,
): { ok: true; environment: PartEnvironment } | { ok: false; problems: Problem[] } {
  const { databaseUrl } = environment;
  if (environment.mode === "telegram" && databaseUrl !== undefined)
    return { ok: true, environment: { ...environment, databaseUrl } };
  const problems: Problem[] = [];
  const need = (variable: "DATABASE_URL" | "TELEGRAM_BOT_TOKEN", what: string) => {
    const message = `must be set to run a part of Simpul: ${what} belongs to one process, npm start`;
    problems.push({ variable, message, example: examples[variable] });
  };
  if (databaseUrl === undefined) need("DATABASE_URL", "the embedded database");
  if (environment.mode === "playground") need("TELEGRAM_BOT_TOKEN", "the playground");
  return { ok: false, problems };
}

/** For the terminal: one line for each problem, with a line that could stand instead. */
export function describeProblems(problems: Problem[]): string {
  const lines = problems.map(
    ({ variable, message, example }) => `  ${variable} ${message}\n    for example ${variable}=${example}`,
  );
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [`${count} in the environment:`, ...lines].join("\n");
}

type Given = Record<string, string | undefined>;

/** Also trims: files of variables end their lines in many ways. */
function withoutEmpty(env: Record<string, string | undefined>): Given {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim() || undefined] as const);
  return Object.fromEntries(trimmed);
}

function toProblem(issue: z.core.$ZodIssue): Problem {
  const variable = Object.keys(examples).find((name): name is Variable => name === issue.path[0]);
  if (variable === undefined) throw new Error(`reading the environment: no example for ${issue.path.join(".")}`);
  return { variable, message: issue.message, example: examples[variable] };
}

function inOrder(problems: Problem[]): Problem[] {
  const order = Object.keys(examples);
  return problems.toSorted((a, b) => order.indexOf(a.variable) - order.indexOf(b.variable));
}

/**
 * A token's state lies outside the checkout, so that no `git clean` removes it. As root the database runs as another
 * account, which could not reach into a home or a checkout that is root's alone.
 */
function defaultHome(given: Given, system: System): string {
  const isPlayground = given.TELEGRAM_BOT_TOKEN === undefined;
  const machineHome = "/var/lib/simpul";
  if (system.isRoot) return isPlayground ? join(machineHome, `playground-${shortHash(system.checkout)}`) : machineHome;
  if (isPlayground) return join(system.checkout, ".simpul");
  // systemd sets it for a unit with StateDirectory=
  if (given.STATE_DIRECTORY) return machineHome;
  // a relative XDG_STATE_HOME is to be ignored, says the XDG Base Directory Specification
  const xdg = given.XDG_STATE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(system.homeDirectory, ".local/state"), "simpul");
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** A Bot API server of one's own may deliver over http, and to any port. */
function problemOfWebhook(publicUrl: string | undefined, apiRoot = telegramsOwn): string | undefined {
  const because = "while TELEGRAM_WEBHOOK_SECRET is: Telegram delivers to PUBLIC_URL/telegram";
  if (publicUrl === undefined) return `must be set ${because}`;
  const { protocol, port } = new URL(publicUrl);
  if (URL.parse(apiRoot)?.host !== new URL(telegramsOwn).host) return undefined;
  if (protocol !== "https:") return `must be an https address ${because}, and by https only`;
  if (!webhookPorts.includes(port)) return `must have the port 443, 80, 88 or 8443 ${because}, and to no other port`;
  return undefined;
}

/** Of a folder that is no absolute path that is said already. */
function problemOfProfile({ SIMPUL_PROFILE: name = examples.SIMPUL_PROFILE, SIMPUL_PROFILES: folder }: Given) {
  if (folder !== undefined && !isAbsolute(folder)) return undefined;
  const names = readableNames(folder);
  if (names === undefined) return problemWith("SIMPUL_PROFILES", "must be a folder that this account can read");
  return names.includes(name) ? undefined : problemWith("SIMPUL_PROFILE", `must be one of ${names.join(", ")}`);
}

function readableNames(folder: string | undefined): string[] | undefined {
  try {
    return profileNames(folder);
  } catch {
    return undefined;
  }
}

function problemWith(variable: Variable, message: string): Problem {
  return { variable, message, example: examples[variable] };
}

function isLoopback(host = "127.0.0.1"): boolean {
  return loopbackHosts.includes(host.toLowerCase());
}

/** "10.1.0.53", "10.1.0.53:5353", "2001:db8::53", "[2001:db8::53]:5353" */
function isResolver(text: string): boolean {
  const [, bracketed, plain, port = "53"] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  return isIP(address) !== 0 && Number(port) >= 1 && Number(port) <= 65_535;
}

function isHost(host: string): boolean {
  if (isIP(host) !== 0) return true;
  const looksLikeAddress = /^[\d.]+$/.test(host);
  return !looksLikeAddress && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(host);
}

function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^https?:\/\//i.test(text)) return false;
  return url.username === "" && url.password === "" && !/[?#]/.test(text);
}

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ["postgres:", "postgresql:"].includes(url.protocol) && url.hash === "";
}

/** Others that Pulumi knows (its own service, object stores) take accounts that Simpul does not have. */
function isStateUrl(text: string): boolean {
  const protocol = URL.parse(text)?.protocol ?? "";
  return ["postgres:", "postgresql:", "file:"].includes(protocol);
}

/** `redis://[user:password@]host[:port][/number]`, or a socket: `unix:///path`, `unix://:password@localhost/path?db=1`. */
function isRedisUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.hash !== "") return false;
  if (url.protocol === "unix:") return url.pathname.length > 1 && /^\d*$/.test(url.searchParams.get("db") ?? "");
  return ["redis:", "rediss:"].includes(url.protocol) && url.hostname !== "" && /^\/?\d*$/.test(url.pathname);
}
