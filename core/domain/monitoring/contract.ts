/** Days before its end on which people are told of a contract: to write to the provider, to decide, to be left with nothing. source: office practice */
export const contractDays = [90, 30, 7] as const;
