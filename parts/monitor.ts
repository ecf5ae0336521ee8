import type { Logger } from "pino";
import type { OfficeRules } from "../core/actions/setting.ts";
import { describeFault } from "../core/db/fault.ts";
import { atMost } from "../core/domain/at-most.ts";
import { addressOf } from "../core/domain/ipam/address.ts";
import { type Prefix, prefixAround } from "../core/domain/ipam/prefix.ts";
import { refusalOfAddress } from "../core/domain/monitoring/network-guard.ts";
import { type AskOptions, askAlone } from "../monitor/ask.ts";
import { findName } from "../monitor/find-name.ts";
import { sendBursts } from "../monitor/icmp.ts";
import { watchUplink } from "../monitor/uplink.ts";
import { systemClock, Watch } from "../monitor/watch.ts";
import type { Monitor } from "../worker/monitoring/monitor.ts";

/** Of pings that cannot be sent; the same again says nothing new. */
const sameFaultEveryMs = 600_000;

const mostNamesAtOnce = 64;

export type MonitorOptions = {
  dnsResolvers: readonly string[];
  log: Logger;
};

/** Who asks the network, as far as the profile allows. */
export function openMonitor(
  rules: Pick<OfficeRules, "monitoring" | "hosting">,
  { dnsResolvers, log }: MonitorOptions,
): Monitor {
  const { uplink, playedAddresses } = rules.monitoring;
  const networks = [...rules.monitoring.networks, ...proxiesOf(rules), ...uplink.map(only)];
  const options: AskOptions = {
    mayAsk: (address) => refusalOfAddress(address, { ...rules.monitoring, networks }) === undefined,
    nameServers: dnsResolvers,
    sendBursts,
    onPingFault: seldom((fault) => log.error({ fault: describeFault(fault) }, "pings cannot be sent")),
  };
  const limit = atMost(mostNamesAtOnce);
  const watchedUplink = watchUplink(uplink, options, systemClock.monotonicMs);
  return {
    watch: ({ onSamples, onFault }) => new Watch({ ...options, uplink, onSamples, onFault }),
    findNames: (all, signal) =>
      Promise.all(all.map((settings) => limit(() => findName(settings, { ...options, signal })))),
    async ask(checks, signal) {
      const samples = await Promise.all(
        checks.flatMap(({ id, settings }) => {
          if (settings.kind === "heartbeat") return [];
          const at = new Date();
          return askAlone(settings, options, signal).then((answer) => ({ checkId: id, at, ...answer }));
        }),
      );
      if (playedAddresses !== undefined && samples.every(({ problem }) => problem === "address-forbidden"))
        return "playground";
      return {
        samples,
        uplink: await watchedUplink.look(
          samples.some(({ isOk }) => !isOk),
          signal,
        ),
      };
    },
  };
}

/** The proxies before hosted applications are asked, wherever they are. */
function proxiesOf({ hosting }: Pick<OfficeRules, "hosting">): Prefix[] {
  return (hosting?.targets ?? []).flatMap(({ proxy }) => proxy.addresses.map((address) => only(addressOf(address))));
}

function only(address: ReturnType<typeof addressOf>): Prefix {
  return prefixAround(address, address.family === 4 ? 32 : 128);
}

function seldom<Fault>(tell: (fault: Fault) => void): (fault: Fault) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (fault) => {
    if (performance.now() - toldAt < sameFaultEveryMs) return;
    toldAt = performance.now();
    tell(fault);
  };
}
