/** @jishi/protocol — the wire of KooGallery's seller protocols. Pure: no I/O, no clock, no randomness. */

export * from './diagnosis/diagnosis.ts';
export { type DocsLanguage, diagnosisPage, referencePage } from './diagnosis/pages.ts';
export {
  canonicalPayload,
  canonicalPayloadDeep,
  isJsonObject,
  type Json,
  type JsonInput,
  type JsonInputObject,
  type JsonObject,
  parseJson,
} from './json.ts';
export { canonicalPayloadOfText } from './json-text.ts';
export {
  encodeKitRequest,
  type KitRequests,
  parseKitRequest,
  type ReceivedKitRequest,
  type RefusedKitRequest,
} from './kit/parse-request.ts';
export * from './kit/paths.ts';
export { type KitAnswerReading, readKitAnswer } from './kit/read-answer.ts';
export * from './kit/requests.ts';
export { type KeyReading, RSA_MIN_BITS, readPrivateKey, readPublicKey } from './kit/rsa-key.ts';
export {
  decryptClientSecret,
  encryptClientSecret,
  KIT_PADDINGS,
  type KitPadding,
  secretSeedBytes,
} from './kit/secret.ts';
export { signKit } from './kit/sign.ts';
export { kitTime, parseKitTime } from './kit/time.ts';
export { verifyKit } from './kit/verify.ts';
export { type LicenseAnswer, licenseAnswers } from './license/answers.ts';
export * from './license/dialects.ts';
export * from './license/identification-requests.ts';
export {
  encodeIdentificationRequest,
  encodeLicenseRequest,
  type ParsedLicenseRequest,
  parseIdentificationRequest,
  parseLicenseCodeRequest,
  parseProvisioningRequest,
  receiveIdentificationRequest,
} from './license/parse-request.ts';
export * from './license/post-requests.ts';
export {
  diagnoseTransportLicense,
  type ExpectedLicense,
  type LicenseAnswerReading,
  readLicenseAnswer,
} from './license/read-answer.ts';
export { LICENSE_RESULT_CODES } from './license/result-codes.ts';
export { formatLicenseTime, parseLicenseTime } from './license/time.ts';
export { inWordsOfLicense } from './license/words.ts';
export { type Authorization, parseAuthorization } from './open-api/authorization.ts';
export {
  type ActivatedLicence,
  activatedLicence,
  activationAnswer,
  failedCodes,
  type LicenceInfo,
  licenceInfo,
  licenceInfoAnswer,
  type SoftwareUsageBody,
  softwareUsageBody,
} from './open-api/license-requests.ts';
export { MKT_CODES } from './open-api/mkt-codes.ts';
export { MOCK_ORDER_IDS, mockOrder } from './open-api/mock-orders.ts';
export {
  type BuyerInfo,
  CHARGING_MODES,
  type ExtendParam,
  type OpenApiOrderLine,
  ORDER_TYPES,
  type OrderInfo,
  type OrderQueryAnswer,
  orderQueryAnswer,
  type ProductInfo,
} from './open-api/order-query.ts';
export { type AkSkRequest, signAkSk } from './open-api/sign.ts';
export {
  SOME_RECORDS_FAILED,
  type UsageCallFault,
  type UsageCodeSet,
  usageCallCode,
  usageCodeText,
  wholeCallCode,
} from './open-api/usage-codes.ts';
export {
  type ReadUsage,
  readUsage,
  serialAt,
  textOfUnits,
  UNITS,
  type UsageColumns,
  valueAt,
} from './open-api/usage-columns.ts';
export {
  signUsagePush,
  USAGE_PUSH_WINDOW_MS,
  type UsagePushReceived,
  type UsagePushVerdict,
  type UsageSignFault,
  verifyUsagePush,
} from './open-api/usage-push.ts';
export * from './open-api/usage-records.ts';
export { readUsageText } from './open-api/usage-text.ts';
export { AKSK_WINDOW_MS, type AkSkReceived, type AkSkVerdict, verifyAkSk } from './open-api/verify.ts';
export { type AnswerV1, type AppInfoV1, answersV1 } from './saas-v1/answers.ts';
export { signAuthToken } from './saas-v1/auth-token.ts';
export { CALL_SCHEDULES_V1, CALL_TIMEOUT_MS_V1, CALLED_ONCE_V1, type CallScheduleV1 } from './saas-v1/call-schedule.ts';
export { authTokenMistakes } from './saas-v1/explain/query-mistakes.ts';
export { decodeExtendParamsV1, type ExtendParamV1, encodeExtendParamsV1 } from './saas-v1/extend-params.ts';
export { signKitTokenV1 } from './saas-v1/kit-token.ts';
export { encodeRequestV1, type ParsedRequestV1, parseRequestV1 } from './saas-v1/parse-request.ts';
export {
  decryptPrivateMemberV1,
  type PrivateDataV1,
  privateMembersV1,
  type UserAuthorisation,
} from './saas-v1/private-members.ts';
export {
  type AnswerReadingV1,
  diagnoseTransportV1,
  type ExpectedV1,
  type HttpAnswerV1,
  readAnswerV1,
} from './saas-v1/read-answer.ts';
export { receiveRequestV1 } from './saas-v1/receive-request.ts';
export * from './saas-v1/requests.ts';
export type { TimeWindow } from './saas-v1/time-window.ts';
export {
  type AuthTokenOptions,
  type AuthTokenRefusal,
  type AuthTokenVerdict,
  verifyAuthToken,
} from './saas-v1/verify-auth-token.ts';
export { type ReceivedKitCallV1, verifyKitTokenV1 } from './saas-v1/verify-kit-token.ts';
export { inWordsOfV1 } from './saas-v1/words.ts';
export { accountProblems } from './saas-v2/account-problems.ts';
export {
  type Answer,
  type AppInfo,
  baseAnswers,
  type InstanceInfo,
  type NewInstanceAnswer,
  type PlainAnswer,
  type QueryInstanceAnswer,
  type UsageInfo,
} from './saas-v2/answers.ts';
export { readBodyObject } from './saas-v2/body-text.ts';
export { type PayloadVariant, payloadVariants } from './saas-v2/explain/payload-variants.ts';
export { ANSWER_MAX_BYTES, ANSWER_SLOW_MS, type HttpAnswer } from './saas-v2/http-problems.ts';
export { encodeRequest, parseRequest } from './saas-v2/parse-request.ts';
export { type AnswerOutcome, type AnswerReading, readAnswer } from './saas-v2/read-answer.ts';
export * from './saas-v2/requests.ts';
export { RESULT_CODES } from './saas-v2/result-codes.ts';
export { type CallSignatureInput, signBase } from './saas-v2/sign.ts';
export { diagnoseTransport, type TransportError } from './saas-v2/transport.ts';
export { CALL_WINDOW_MS, type CallVerdict, type ReceivedCall, verifyBase } from './saas-v2/verify.ts';
export { decryptAccountData, type EncryptType, encryptAccountData } from './secrets/account-data.ts';
export { sha1PrngBytes } from './secrets/sha1prng.ts';
export { bodySign } from './signing/body-sign.ts';
export { verifyBodySign } from './signing/verify-body-sign.ts';
export { formatSdkDate, formatUtc14, formatUtc17, parseSdkDate, parseUtc } from './time.ts';
export { percentEncode } from './uri.ts';
export { changesBetween, PROTOCOL_CHANGES, type ProtocolChange, upcomingChanges } from './versions.ts';
