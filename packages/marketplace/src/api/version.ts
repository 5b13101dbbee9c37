/** Version of this program, as `/meta` and the header `Server` say it. */
export const VERSION = '0.1.0';
