/** Where images and API groups of a site can be offered (L24), as data. China: mainland regions, to be added to here. */
import type { Site } from '../../platform/site.ts';

export interface Region {
  readonly regionId: string;
  readonly name: { readonly zh: string; readonly en: string };
}
const region = (regionId: string, zh: string, en: string): Region => ({ regionId, name: { zh, en } });

const REGIONS: Readonly<Record<Site, readonly Region[]>> = {
  CN: [
    region('cn-north-4', '华北-北京四', 'CN North-Beijing4'),
    region('cn-north-9', '华北-乌兰察布一', 'CN North-Ulanqab1'),
    region('cn-east-3', '华东-上海一', 'CN East-Shanghai1'),
    region('cn-east-2', '华东-上海二', 'CN East-Shanghai2'),
    region('cn-south-1', '华南-广州', 'CN South-Guangzhou'),
    region('cn-southwest-2', '西南-贵阳一', 'CN Southwest-Guiyang1'),
  ],
  INTL: [
    region('ap-southeast-2', '亚太-曼谷', 'AP-Bangkok'),
    region('ap-southeast-1', '中国-香港', 'CN-Hong Kong'),
    region('af-south-1', '非洲-约翰内斯堡', 'AF-Johannesburg'),
    region('la-north-2', '拉美-墨西哥城二', 'LA-Mexico City2'),
    region('la-south-2', '拉美-圣地亚哥', 'LA-Santiago'),
    region('sa-brazil-1', '拉美-圣保罗一', 'LA-Sao Paulo1'),
    region('ap-southeast-3', '亚太-新加坡', 'AP-Singapore'),
  ],
  EU: [region('eu-west-101', '欧洲-都柏林', 'EU-Dublin')],
};

export const regionsOf = (site: Site): readonly Region[] => REGIONS[site];

/** Its name, or the id alone where the site has no such region. */
export const regionName = (site: Site, regionId: string): Region['name'] =>
  REGIONS[site].find((each) => each.regionId === regionId)?.name ?? { zh: regionId, en: regionId };
