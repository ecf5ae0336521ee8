/**
 * What a link is: of the closed network, to the internet, to the internet by a secured way for an office that the closed
 * network does not reach yet (R17), or a VPN.
 */
export const linkKinds = ["closed", "internet", "secured", "vpn"] as const;

export type LinkKind = (typeof linkKinds)[number];
