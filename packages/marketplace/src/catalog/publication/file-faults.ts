/** Files of a draft: types and sizes of catalogue.md 12.1 and C60, and that they are the seller's own. Pure. */
import type { Site } from '../../platform/site.ts';
import type { FileRef } from '../definition.ts';
import type { DraftContent } from './draft.ts';
import { type DraftFacts, type DraftFault, fault } from './faults.ts';

const MIB = 1_048_576;

interface FileRule {
  readonly rule: string;
  readonly endings: readonly string[];
  readonly mostMib: number;
}
const IMAGES = ['jpg', 'jpeg', 'png'];
const DOCUMENTS = ['doc', 'docx', 'pdf', 'xls', 'xlsx', 'zip'];
const TEMPLATE: FileRule = { rule: 'C60', endings: DOCUMENTS, mostMib: 20 };
const logoRule = (site: Site): FileRule => ({ rule: '12.1', endings: site === 'CN' ? IMAGES : ['png'], mostMib: 5 });
const PICTURE: FileRule = { rule: '12.1', endings: [...IMAGES, 'gif'], mostMib: 5 };
const VIDEO: FileRule = { rule: '12.1', endings: ['mp4'], mostMib: 100 };
const CERTIFICATE: FileRule = { rule: '12.1', endings: ['zip', 'doc', 'docx', 'pdf', 'ppt', 'pptx'], mostMib: 20 };
const MOST_PICTURES = 5;
const MOST_CERTIFICATES = 10;

/** Each file of a draft with its place and rule. */
export function filesOf(content: DraftContent, site: Site): { path: string; file: FileRef; rule: FileRule }[] {
  const one = (path: string, file: FileRef | null, rule: FileRule) => (file ? [{ path, file, rule }] : []);
  return [
    ...one('logo', content.logo, logoRule(site)),
    ...content.pictures.map((file, place) => ({ path: `pictures.${place}`, file, rule: PICTURE })),
    ...one('video', content.video, VIDEO),
    ...content.certificates.map((file, place) => ({ path: `certificates.${place}`, file, rule: CERTIFICATE })),
    ...one('deliveryTemplate', content.deliveryTemplate, TEMPLATE),
    ...one('serviceFlow', content.serviceFlow, TEMPLATE),
  ];
}

export function fileFaults(content: DraftContent, { site, files }: DraftFacts): DraftFault[] {
  const faults = filesOf(content, site).flatMap(({ path, file, rule }) => {
    const found: DraftFault[] = [];
    const known = files?.get(file.fileId);
    if (files && (!known || known.sha256 !== file.sha256 || known.size !== file.size))
      found.push(fault(path, 'C60', '找不到该文件，请重新上传', 'This file is not there; upload it again'));
    const { name, size } = known ?? file;
    const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
    if (!rule.endings.includes(ending))
      found.push(
        fault(
          path,
          rule.rule,
          `文件类型须为 ${rule.endings.join('、')}`,
          `The file must be one of ${rule.endings.join(', ')}`,
        ),
      );
    if (size > rule.mostMib * MIB)
      found.push(fault(path, rule.rule, `文件不能超过 ${rule.mostMib} MB`, `The file has at most ${rule.mostMib} MB`));
    return found;
  });
  if (!content.logo) faults.push(fault('logo', '12.1', '请上传商品 Logo', 'The logo is missing'));
  if (content.pictures.length > MOST_PICTURES)
    faults.push(fault('pictures', '12.1', `图片最多 ${MOST_PICTURES} 张`, `At most ${MOST_PICTURES} pictures`));
  if (content.certificates.length === 0 && NEEDS_CERTIFICATE.has(content.accessType))
    faults.push(
      fault(
        'certificates',
        '12.1',
        '请上传软件著作权证书或声明',
        'The copyright certificate, or a declaration, is missing',
      ),
    );
  if (content.certificates.length > MOST_CERTIFICATES)
    faults.push(
      fault('certificates', '12.1', `证书最多 ${MOST_CERTIFICATES} 份`, `At most ${MOST_CERTIFICATES} certificates`),
    );
  return faults;
}

/** what is software */
const NEEDS_CERTIFICATE = new Set(['SAAS', 'LICENSE', 'IMAGE', 'CONTAINER']);
