import { accept, type Outcome, refuse } from "../outcome.ts";
import { firstLabelOf, parentOfName } from "./domain-name.ts";

/**
 * Labels that, right below the main domain, only the office that runs the domain has: programs and people take them for its own.
 *
 * source: RFC 2142 (mailboxes of a domain), RFC 6186 and RFC 8552 practice (mail clients look for them), RFC 4795 and CERT VU#598349
 * (wpad, isatap), office practice for the others
 */
const reserved: ReadonlySet<string> = new Set([
  ...["www", "ftp", "mail", "email", "webmail", "smtp", "imap", "pop", "pop3", "mx", "autoconfig", "autodiscover"],
  ...["ns", "dns", "ntp", "time", "ldap", "dhcp", "proxy", "wpad", "isatap", "vpn", "gateway", "router", "localhost"],
  ...["admin", "administrator", "root", "hostmaster", "postmaster", "webmaster", "abuse", "security", "noc", "support"],
  ...["login", "sso", "auth", "account", "status", "intranet", "internal", "local", "test"],
]);

/** Those of several servers too: "ns1", "mail2". */
function isReserved(label: string): boolean {
  return reserved.has(label) || reserved.has(label.replace(/-?\d+$/, ""));
}

/** Right below the main domain; deeper such a word stands below a name of the office's own. */
export function refusalOfReserved(name: string, domain: string): Outcome<string> {
  const label = firstLabelOf(name);
  return parentOfName(name) === domain && isReserved(label) ? refuse("domain-reserved", { label }) : accept(name);
}
