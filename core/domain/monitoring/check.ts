export type CheckKind = CheckSettings["kind"];

/** How a target is watched; names in addresses are resolved each time. */
export type CheckSettings =
  | { kind: "icmp"; address: string }
  | { kind: "tcp"; address: string; port: number }
  | {
      kind: "http";
      url: string;
      /** the answer's, e.g. 200; null: any but an error, and one that asks for a password */
      status: number | null;
      /** that the answer must hold */
      text: string | null;
      /** address that is connected to; absent: where the name in `url` leads */
      at?: string;
      /** its certificate comes from an authority of our own and is not judged */
      isOwnAuthority?: true;
      /** whatever is wrong with it, as with a router's own that nobody vouches for; nor is its end told */
      isCertificateIgnored?: true;
    }
  | {
      kind: "dns";
      /** null: the one of this machine */
      server: string | null;
      name: string;
      /** all addresses of the answer; none: any answer will do */
      expected: readonly string[];
    }
  | { kind: "heartbeat"; everySeconds: number; graceSeconds: number };

export type Check = { id: number; targetId: number; settings: CheckSettings };

/** A heartbeat comes by itself. */
export function isAsked({ settings }: Check): boolean {
  return settings.kind !== "heartbeat";
}
