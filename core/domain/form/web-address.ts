import { parseAddress } from "../ipam/address.ts";
import { parseDomainName } from "../names/domain-name.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";

/** The address of a page, in full: `https://simpeg.labura.go.id/`, or `http://10.20.1.1:8080/`; without a password. */
export function parseWebAddress(entered: string): Outcome<URL> {
  const url = URL.parse(entered);
  if (url === null || !["http:", "https:"].includes(url.protocol)) return refuse("check-url");
  if (url.username !== "" || url.password !== "") return refuse("check-url-password");
  const host = hostOf(url);
  return parseAddress(host).ok || parseFullName(host).ok ? accept(url) : refuse("check-url");
}

/** The name or the address in it; one of IPv6 without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

/** A name with a domain, which everybody can resolve. */
export function parseFullName(entered: string): Outcome<string> {
  const name = parseDomainName(entered);
  if (name.ok && (!/[a-z]/.test(name.value) || !name.value.includes("."))) return refuse("check-address-unreadable");
  return name;
}
