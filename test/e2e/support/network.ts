import { execFileSync } from "node:child_process";

/** Routers, offices and links of the test's own, in network namespaces: nothing leads out of them. */
export type Network = Disposable & {
  /** The addresses behind the router, 172.31.250.1 and up. */
  children: string[];
  /** The router's, as seen from here. */
  router: string;
  cut: () => void;
  restore: () => void;
  /** The line from here to the router, as if its cable were pulled. */
  cutOwnLine: () => void;
  restoreOwnLine: () => void;
  /** `ip` on this side; what it adds over the link goes with it. */
  here: (...words: string[]) => void;
  /** A command at the router, or where the children are. */
  at: (place: "router" | "children", ...command: string[]) => void;
};

/** The interfaces through which the router and the children look at each other. */
export const interfaces = { ofRouter: "behind", ofChildren: "before" };

/**
 * One router, and children behind it, who answer at once.
 *
 * @param name of four letters, since interfaces have short names
 */
export function openNetwork(name: string, count: number): Network {
  const run = (command: string, ...words: string[]) =>
    execFileSync(command, words, { stdio: ["ignore", "ignore", "pipe"] });
  const ip = (...words: string[]) => run("ip", ...words);
  const places = { router: `${name}-router-${process.pid}`, children: `${name}-children-${process.pid}` };
  const [ours, theirs] = [`${name}${process.pid}a`, `${name}${process.pid}b`];
  const children = Array.from({ length: count }, (_, index) => `172.31.250.${index + 1}`);
  const network: Network = {
    children,
    router: "172.31.249.2",
    here: ip,
    at: (place, ...command) => ip("netns", "exec", places[place], ...command),
    cut: () => ip("-n", places.router, "link", "set", interfaces.ofRouter, "down"),
    restore() {
      ip("-n", places.router, "link", "set", interfaces.ofRouter, "up");
    },
    // At its other end, so that our addresses and routes stay.
    cutOwnLine: () => ip("-n", places.router, "link", "set", theirs, "down"),
    restoreOwnLine() {
      ip("-n", places.router, "link", "set", theirs, "up");
    },
    [Symbol.dispose]() {
      for (const place of Object.values(places)) ip("netns", "del", place);
    },
  };
  for (const place of Object.values(places)) ip("netns", "add", place);
  try {
    ip("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", places.router);
    ip("addr", "add", "172.31.249.1/30", "dev", ours);
    ip("-6", "addr", "add", "fd00:249::1/64", "dev", ours, "nodad");
    ip("link", "set", ours, "up");
    ip("route", "add", "172.31.250.0/24", "via", network.router);
    const { ofRouter, ofChildren } = interfaces;
    ip(
      "-n",
      places.router,
      "link",
      "add",
      ofRouter,
      "type",
      "veth",
      "peer",
      "name",
      ofChildren,
      "netns",
      places.children,
    );
    network.at("router", "ip", "addr", "add", "172.31.249.2/30", "dev", theirs);
    network.at("router", "ip", "-6", "addr", "add", "fd00:249::2/64", "dev", theirs, "nodad");
    network.at("router", "sh", "-c", `echo 1 >/proc/sys/net/ipv6/conf/${theirs}/keep_addr_on_down`);
    network.at("router", "ip", "link", "set", theirs, "up");
    network.at("router", "ip", "addr", "add", "172.31.250.254/24", "dev", ofRouter);
    network.at("router", "ip", "link", "set", ofRouter, "up");
    network.at("router", "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
    for (const child of children) network.at("children", "ip", "addr", "add", `${child}/24`, "dev", ofChildren);
    network.at("children", "ip", "link", "set", ofChildren, "up");
    network.at("children", "ip", "route", "add", "default", "via", "172.31.250.254");
    return network;
  } catch (fault) {
    network[Symbol.dispose]();
    throw fault;
  }
}
