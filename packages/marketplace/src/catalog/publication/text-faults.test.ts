/** What buyers read: names, texts, pictures, support (catalogue.md 12.1, S-32, B-16), rule by rule. */
import { file } from './good-draft.test-support.ts';
import { refused, spec } from './spoiling.test-support.ts';

refused('12.1', 'a name with a price', 'saas', /^name\.zh/, (c) => {
  c.name.zh = '样品 99元';
});
refused('12.1', 'a name with a version', 'saas', /^name\.en/, (c) => {
  c.name.en = 'Sample V2.0';
});
refused('12.1', 'a name with a phone number', 'saas', /^name\.zh/, (c) => {
  c.name.zh = '样品 400-123-4567';
});
refused('12.1', 'a name that borrows the platform’s', 'saas', /^name\.en/, (c) => {
  c.name.en = 'Huawei Cloud Sample';
});
refused('12.1', 'an HCS product under another name', 'saas', /^name\.en/, (c) => {
  c.name.en = 'Sample for HCS';
});
refused('12.1', 'no name', 'saas', /^name\.zh/, (c) => {
  c.name.zh = ' ';
});
refused('12.1', 'a version of another form', 'saas', /^version/, (c) => {
  c.version = '2.0';
});
refused('12.1', 'no logo', 'saas', /^logo/, (c) => {
  c.logo = null;
});
refused('12.1', 'a logo that is no picture', 'saas', /^logo/, (c) => {
  c.logo = file('logo.pdf');
});
refused('12.1', 'a logo that is too large', 'saas', /^logo/, (c) => {
  c.logo = file('logo.png', 6_000_000);
});
refused('12.1', 'six pictures', 'saas', /^pictures/, (c) => {
  c.pictures = [1, 2, 3, 4, 5, 6].map((n) => file('p.png', 10, String(n)));
});
refused('12.1', 'no overview', 'saas', /^summary/, (c) => {
  c.summary.en = '';
});
refused('12.1', 'a description below 400 characters without pictures', 'saas', /^description\.zh/, (c) => {
  c.description.zh = '短';
});
refused('12.1', 'no highlights', 'saas', /^highlights/, (c) => {
  c.highlights = [];
});
refused('12.1', 'no customer cases', 'saas', /^customerCases/, (c) => {
  c.customerCases = [];
});
refused('12.1', 'no category', 'saas', /^categoryId/, (c) => {
  c.categoryId = '';
});
refused('12.1', 'no tags', 'saas', /^tags/, (c) => {
  c.tags = [];
});
refused('12.1', 'a certification tag without proof', 'saas', /^tags/, (c) => {
  c.tags = ['鲲鹏认证'];
  c.certificates = [];
});
refused('12.1', 'no search keywords', 'saas', /^keywords/, (c) => {
  c.keywords = [];
});
refused('12.1', 'no user guide', 'saas', /^usageGuide/, (c) => {
  c.usageGuide.zh = '';
});
refused('12.1', 'no agreement', 'saas', /^agreement/, (c) => {
  c.agreement.en = '';
});
refused('12.1', 'hours of support without a zone', 'saas', /^support\.hours\.zh/, (c) => {
  c.support.hours.zh = '周一至周五 9:00–18:00';
});
refused('12.1', 'support of less than eight hours', 'saas', /^support\.hours\.en/, (c) => {
  c.support.hours.en = 'Mon–Fri 9:00–12:00 (Beijing time)';
});
refused('12.1', 'support without a hotline', 'saas', /^support\.phone/, (c) => {
  c.support.phone = '';
});
refused('12.1', 'support without a mail address', 'saas', /^support\.email/, (c) => {
  c.support.email = 'nobody';
});
refused('12.1', 'no copyright certificate', 'saas', /^certificates/, (c) => {
  c.certificates = [];
});
refused('12.1', 'personal data that is not masked', 'saas', /^description/, (c) => {
  c.description.zh += '联系人 13912345678';
});
refused('B-16', 'a superlative of the advertising law', 'saas', /^description\.zh/, (c) => {
  c.description.zh += '行业第一';
});
refused('B-16', 'a superlative in English, as a keyword', 'saas', /^keywords\.0/, (c) => {
  c.keywords = ["the world's best"];
});
refused('S-32', 'a specification’s name of 51 characters', 'saas', /^specifications\.0\.name\.en/, (c) => {
  spec(c).name.en = 'x y'.repeat(17);
});
refused('S-32', 'a meaningless specification’s name', 'saas', /^specifications\.0\.name\.zh/, (c) => {
  spec(c).name.zh = '111';
});
refused('S-32', 'a specification’s name with a phone number', 'saas', /^specifications\.0\.name\.zh/, (c) => {
  spec(c).name.zh = '咨询 13912345678';
});
refused('S-32', 'a specification that borrows the platform’s name', 'saas', /^specifications\.0\.name\.zh/, (c) => {
  spec(c).name.zh = '华为云专享';
});
refused('L27', 'an image whose guide names no ports', 'image', /^usageGuide\.en/, (c) => {
  c.usageGuide.en = 'Log in.';
});
