/** Access type, supervision, delivery template, interface (L1, L2, C56–C61, 8.1), rule by rule. */
import { file } from './good-draft.test-support.ts';
import { refused, refusedAround } from './spoiling.test-support.ts';

refused(
  'L1',
  'a type that the site does not sell',
  'api',
  /^accessType/,
  () => {},
  (f) => ({ ...f, site: 'EU' }),
);
refused('L1', 'an address of a seller’s site for what is traded', 'saas', /^consultingUrl/, (c) => {
  c.consultingUrl = 'https://a.example';
});
refused('L2', 'a License without its variant', 'license', /^licenseVariant/, (c) => {
  c.licenseVariant = null;
});
refused('L2', 'a License that is not supervised', 'license', /^supervised/, (c) => {
  c.supervised = false;
});
refused('L2', 'an image that is supervised', 'image', /^supervised/, (c) => {
  c.supervised = true;
});
refused(
  'L36',
  'hardware of a seller that is not on the list',
  'hardware',
  /^accessType/,
  () => {},
  (f) => ({ ...f, sellsHardware: false }),
);
refused('L35', 'S6-7: a service without days of delivery', 'service', /^deliveryDays/, (c) => {
  c.deliveryDays = null;
});
refused('L35', 'a service without its flow', 'service', /^serviceFlow/, (c) => {
  c.serviceFlow = null;
});
refused(
  'C56',
  'S-34, S6-7: a joint-operation License without its delivery template',
  'license',
  /^deliveryTemplate/,
  (c) => {
    c.class = 'JOINT';
  },
);
refused('C56', 'C61: a self-service product without its delivery template', 'service', /^deliveryTemplate/, (c) => {
  c.class = 'HUAWEI';
});
refused('C60', 'a delivery template that is a picture', 'license', /^deliveryTemplate/, (c) => {
  c.deliveryTemplate = file('template.png');
});
refused('C60', 'a delivery template above 20 MB', 'license', /^deliveryTemplate/, (c) => {
  c.deliveryTemplate = file('template.docx', 21_000_000);
});
refused(
  'C60',
  'C58: a delivery template that is not there',
  'license',
  /^deliveryTemplate/,
  (c) => {
    c.deliveryTemplate = file('template.docx');
  },
  (f) => ({ ...f, files: new Map() }),
);
refused('S-33', 'a late opening without supervision', 'saas', /^opening/, (c) => {
  c.opening = 'AT_DELIVERY';
});
refused(
  '8.1',
  'a seller that is not admitted',
  'saas',
  /^product/,
  () => {},
  (f) => ({ ...f, sellerAdmitted: false }),
);
refused(
  '8.1',
  'an address that is not verified',
  'saas',
  /^interface/,
  () => {},
  (f) => ({ ...f, origins: new Map() }),
);
refusedAround('8.1', 'an address without a key', 'saas', /^interface/, (f) => ({
  ...f,
  origins: new Map([['https://seller.example.com', null]]),
}));
refusedAround('8.1', 'a debugging case that is missing', 'saas', /^interface/, (f) => ({
  ...f,
  missingCases: [{ zh: 'newInstance', en: 'newInstance' }],
}));
refused('O-35', 'a fourth parameter asked of buyers', 'saas', /^orderParameters/, (c) => {
  c.orderParameters = ['a', 'b', 'c', 'd'].map((name) => ({
    name,
    label: { zh: name, en: name },
    required: false,
  }));
});
