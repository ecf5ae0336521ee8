import { parseAddress, showAddress } from "../core/domain/ipam/address.ts";
import type { CheckSettings } from "../core/domain/monitoring/check.ts";
import { type Answer, type Asking, unasked, unreached } from "./answer.ts";
import { askDns } from "./dns.ts";
import { PingFault } from "./fping.ts";
import { askHttp } from "./http.ts";
import type { sendBursts } from "./icmp.ts";
import { resolveAllowed } from "./resolve.ts";
import { askTcp } from "./tcp.ts";

/** A check that is asked; a heartbeat comes by itself. */
export type AskedSettings = Exclude<CheckSettings, { kind: "heartbeat" }>;

/** Who takes longer does not answer. */
const answerWithinMs = 10_000;

export type AskOptions = Pick<Asking, "mayAsk" | "nameServers"> & {
  sendBursts: typeof sendBursts;
  /** fping could not ask, which one logs */
  onPingFault: (fault: PingFault) => void;
};

/** Asks one by itself. @throws what a program's fault throws; whatever the other side does is an answer */
export async function askAlone(settings: AskedSettings, options: AskOptions, stop: AbortSignal): Promise<Answer> {
  const end = new AbortController();
  const abort = () => end.abort();
  const timer = setTimeout(abort, answerWithinMs);
  stop.addEventListener("abort", abort, { once: true });
  if (stop.aborted) abort();
  try {
    return await askBy(settings, { ...options, signal: end.signal });
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", abort);
  }
}

async function askBy(settings: AskedSettings, options: AskOptions & Asking): Promise<Answer> {
  if (settings.kind === "tcp") return askTcp(settings, options);
  if (settings.kind === "http") return askHttp(settings, options);
  if (settings.kind === "dns") return askDns(settings, options);
  const [address] = await listOf(resolveAllowed(settings.address, options));
  if (typeof address === "string") return unreached(address);
  const [answer] = await askTogether(address === undefined ? [] : [showAddress(address)], options, options.signal);
  return answer ?? unasked("cannot-ask");
}

async function listOf<One, Problem extends string>(found: Promise<One[] | Problem>): Promise<(One | Problem)[]> {
  const all = await found;
  return typeof all === "string" ? [all] : all;
}

/**
 * Pings addresses (and no names) by one fping.
 *
 * @returns an answer for each, in their order
 */
export async function askTogether(
  addresses: readonly string[],
  { mayAsk, sendBursts, onPingFault }: AskOptions,
  signal: AbortSignal,
): Promise<Answer[]> {
  const parsed = addresses.map((each) => parseAddress(each));
  const allowed = parsed.flatMap((each) => (each.ok && mayAsk(each.value) ? [each.value] : []));
  const bursts = await sendBursts(allowed, signal).catch((fault: unknown) => {
    if (!(fault instanceof PingFault)) throw fault;
    if (!signal.aborted) onPingFault(fault);
    return new Map<string, never>();
  });
  return parsed.map((each) => {
    if (!(each.ok && mayAsk(each.value))) return unasked("address-forbidden");
    const burst = bursts.get(showAddress(each.value));
    if (burst === undefined) return unasked("cannot-ask");
    return { isOk: burst.received > 0, ...burst, problem: burst.received > 0 ? null : "no-answer" };
  });
}
