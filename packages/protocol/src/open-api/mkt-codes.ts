/** Result codes of the marketplace's Open API A1–A3 (`openapi.md` 4.1). `MKT.9005` is named but never described there. */
export const MKT_CODES: Record<string, { httpStatus: number; text: string }> = {
  'MKT.0000': { httpStatus: 200, text: 'Success.' },
  'MKT.0999': { httpStatus: 500, text: 'System internal error.' },
  'MKT.0100': { httpStatus: 500, text: 'Failure of input parameter' },
  'MKT.0101': { httpStatus: 400, text: 'Invalid parameter' },
  'MKT.0102': { httpStatus: 400, text: 'Invalid body sign' },
  'MKT.0199': { httpStatus: 400, text: 'Request parameter error' },
  'MKT.0150': { httpStatus: 401, text: 'Illegal operation' },
  'MKT.0151': { httpStatus: 401, text: 'No authority' },
  'MKT.0154': { httpStatus: 401, text: 'Illegal token' },
  'MKT.0250': { httpStatus: 406, text: 'Access frequency overlimit' },
  'MKT.9001': { httpStatus: 500, text: 'Instance ID not found.' },
  'MKT.9002': { httpStatus: 500, text: 'Invalid usage enties.' },
  'MKT.9003': { httpStatus: 500, text: 'Usage records extends size limit.' },
  'MKT.9004': { httpStatus: 500, text: 'Record beginTime extends Limit.' },
};
