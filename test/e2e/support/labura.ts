/** Who is played in the profile labura (config/profiles/labura/playground.yaml). */
export const labura = {
  user: "Nurhayati Siregar",
  helpDesk: "Dewi Anggraini Harahap",
  itSupport: "Bonar Simatupang",
  dataCenter: "Togar Hutabarat",
} as const;
