/** How the product reaches the buyer, as the console writes it; a kind we have no word for is shown as it came. */
export function accessTypeName(accessType: string): string {
  return accessType.toUpperCase() === 'SAAS' ? 'SaaS' : accessType;
}
