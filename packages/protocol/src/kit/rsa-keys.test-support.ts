/** Key pairs for tests: making one of 3072 bits takes seconds. The bare base64 is the form that the consoles take. */

/** 3072 bits, SubjectPublicKeyInfo. */
export const TEST_PUBLIC_KEY = [
  'MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAoQJNqlWFFyP4jkSzd4vgCaugntf+7O+HxWirDm3JCIt5btVngnuuMzUVudKaVMQv0xUv',
  'ys5b08ds6W2RbC6e3KGYYmmv3jmUJQ/0o4TjpQOCBJjpw/uz/UcGV0CrkYUTuVIWVI05xwEjMi8DXYyeSdAa8dpWnBN903ni9+aTO4dUksZBq/av',
  '1lq5pJDfSOZ+xa6IIcf8uYxwSMPyHlYUxFT+psyEwS29foDs22XT44qe0wBmWkLoOU0TxQyCanDqQZZ93P1OvGxQ77BmILKLA2LUKMraOxtA00EV',
  '/Khhp8IYmDLOf5NtmOaZxopdtUdjNBi+jnwVsb8JOX3NubHmoRHX9011JRMDLhWW6KrRJtTmrW6l2icb90fPsIHZm7jJtoYgi9KTFzxg6K2VU0+s',
  'Do7C2u6thIP1tUOUwf9jJcoYUsUe3tmq4aAZIvUOMb6czQSqXy6KZeho0QmYI3o7XIkmtLJ4pZVdNL2EYVIPn4gNNoRKYoBuDkDT+ElmUoIBAgMB',
  'AAE=',
].join('');

/** Its private key, PKCS#8. */
export const TEST_PRIVATE_KEY = [
  'MIIG+wIBADANBgkqhkiG9w0BAQEFAASCBuUwggbhAgEAAoIBgQChAk2qVYUXI/iORLN3i+AJq6Ce1/7s74fFaKsObckIi3lu1WeCe64zNRW50ppU',
  'xC/TFS/KzlvTx2zpbZFsLp7coZhiaa/eOZQlD/SjhOOlA4IEmOnD+7P9RwZXQKuRhRO5UhZUjTnHASMyLwNdjJ5J0Brx2lacE33TeeL35pM7h1SS',
  'xkGr9q/WWrmkkN9I5n7Froghx/y5jHBIw/IeVhTEVP6mzITBLb1+gOzbZdPjip7TAGZaQug5TRPFDIJqcOpBln3c/U68bFDvsGYgsosDYtQoyto7',
  'G0DTQRX8qGGnwhiYMs5/k22Y5pnGil21R2M0GL6OfBWxvwk5fc25seahEdf3TXUlEwMuFZboqtEm1OatbqXaJxv3R8+wgdmbuMm2hiCL0pMXPGDo',
  'rZVTT6wOjsLa7q2Eg/W1Q5TB/2MlyhhSxR7e2arhoBki9Q4xvpzNBKpfLopl6GjRCZgjejtciSa0snillV00vYRhUg+fiA02hEpigG4OQNP4SWZS',
  'ggECAwEAAQKCAX8xUm9QOppmmFJP4qPHf0XGMJknj6s8EbRZuNKNvPvUbkVoul7XDeQzM5PQNL+qL98mnlrhmY1vtquaZkIiDbYEiEwR+aYyQRks',
  'sVKTtOW3avetSNpzeuuMLvG2UM096rI8FvVYOVr1p1eMy/IP+j+TBPj8FZJqhV4KJlBs+Gkp1y8FN05uy0baNzifPPHpdxJmpCx3jLfSbz8GS2Ak',
  'AuKhshfAKO6R7t0Zn4zvOKZMEe7NXFX+WHii9QWVW1uoF6ZuxW1Tz81jdmoZEFYVYFebxuit2iXn1iRl0fpeF/izpegVTI2mTaoKUCFr6z+IkTfU',
  'FsaxngImPVow5noFuI9O73AnSzT8xAsl7sNlCezolxDzFnDwfvbBsgZleb9BGQkO36Pv/DsGe5rOhg7YX2siZ5iyU0yJg7EYE4t0sa+siRjGZ5EV',
  '8I0gv502nng8a1Q9QIjPBSR80Pb95hIxLEowC/JtkmQsUVBSf223NhDNGlxWKtATdhjgdCl4oKZHQQKBwQDMdMngGUK6gtrYmoJdyNYWG6VekCA9',
  'SvRMMPKzfbjBpsiNUzg4biKf8UIxRrUn8zIIbYG7Wvaq1VizF8cqqsRzLvCiwqcd0QAAJToF7L6CeqvjwfoAcQ4EI5lw8HO0ZApYerdCdx/0zA9L',
  'EFmWRTkt4Kg4mNOEHK57Mxr1bdRPSkOZH3uRCAMkk0qgETTIC7bodNQsG15miHcNH64pgEJwprDd6Crf5y0N/6xS3ufXC+Bsgmz8oLLycjgmdcfr',
  'zcECgcEAyZmD7Jr9ohLoz0ntRxcJ5tG1sQwcJy3XXev42QZ18tMxf/m3MQSK4i6TDj4OAXXZ4eF5AcqEBB0mN/FJRbL1z3Ba+jfqiojccMicsmw7',
  '7MgTyqbBFSJzv+vZUkkP3vZbzfF22+VVAZu1aFpLuS+9lBXCkq0wSyzx5XzrvmzhPEw/O4EfvWZMkujSgyYsAYy8rCOgV7k0CBQMtgbIRWIIeVk4',
  '3gXORfEmqqWP83horHE9xHVdfxgjsJQumvfLzERBAoHAPucTkPnUmNNXh1qKD1aR3z1kNGK9OH5OCP7qPKTKafHpM+nNmzbvOiwcxFJPu9nLo+Il',
  'DsJer5Jx9q+zHAJr7FAdwsWGatr5WBIb9uSufDBHoAv24ZnmyQk21RN1VaONt0kSBsXltAfwEJUYKu5jOCUtPDRwpu24FLlVavr+XeKoR3zzJFzF',
  'ssQKKpMAnSdVf9Ep0eQduAf2MLh1edk3F7eBJNSgFEDokKz/lIN16qiBxICgDV1XkNXpRpPoDTlBAoHAH3/dHRsahjhuJ/VlHbZ71ZTuzrsVqwl+',
  'nS5Bs6dOxqI5GcXq2b3b9XtRfugzSAciBCk2vxDlj77+Ob95s2pC/iaQEIisHPlFeFngIgDHXDfm38MuaB759wLi8fh4gl37+jHAYJt0rMunjKaP',
  'LmBHPtwnisOEyDo9kZ3zN83LY6CGQMXsL6vMSygVvGg6eAOFd2AZrZtChgCb+9UTdcPbjxphyE8f683CPOehlmk58be/7vJnqXQcH3sHzS7qqQAB',
  'AoHAQaCw6zgkutAqjfY1wMYvnmEWwdW3fW2cM3lh8ZWCOhBYDHFQSQFuNcDKSY84g8JmuXJaUSyTr54b7V+sxBgXor8n4Z/Ta1Xk5xQjVIssAzm/',
  '0g/V2N2cw40j1YutY+xwWFIASZVqlo9vqbuqH0Jb08N+vfR7ewcAW9wNRe+U+nWnXcFP2410t62bKviROKkQZuN16cHLdMbgwKC3jdI61EYOn8FE',
  'cEqQAbLhfEFXcz5u+8GvVmDKSoIbXJA4seHP',
].join('');

/** 2048 bits: too short. */
export const SHORT_PUBLIC_KEY = [
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwvLYV/LLmyMt3RPaelnHRWvcTYOnIOi8mhuW1LSIASBBf+Psygco74cTgem8DXRzbVpJ',
  'cuFcPSV1+3hO5xK9Oyh1UadBpfQ9tC6Gop28MABU52nqwSUNA/YN/mNu5eq34rDQqR9hvP8iRsdlscRs2pu85aIbWedUpXRYFBv6lGxssGVMJiBg',
  'EI5GESjxDCP+7gSF0ZQXxvegFD/l8lC4Fr1npuq4tKbAD/hri//cBxgRsXUQY1pIIpZHqowFNmiithEMTUA6FVeaTBSGhnNNNtd0dQj6uQ5zUNOa',
  '4m2DkdeMD6M3Sdxi6ex3/0Zv3NDSdkg/BZcZ2SXO6+fg0nfjYwIDAQAB',
].join('');

export function publicPem(base64: string): string {
  return pem('PUBLIC KEY', base64);
}

export function privatePem(base64: string): string {
  return pem('PRIVATE KEY', base64);
}

function pem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
