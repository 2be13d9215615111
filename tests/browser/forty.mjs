// Writes a site of forty notices: node forty.mjs FOLDER
//
// Ten units have four notices each, in three years. Thirty-one notices state the status of their items; two of their items
// are open. Some notices say when they were published, some were corrected.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const UNITS = ['民政局', '教育局', '水利局', '卫生健康局', '交通运输局', '市场监督管理局', '自然资源和规划局', '农业农村局', '医疗保障局', '住房和城乡建设局']
  .map((office) => `中共滨海市${office}党组`);
const ITEMS = [
  '关于“学习贯彻上级决策部署不够深入”问题的整改情况',
  '关于“专项资金监管不严、拨付不及时”问题的整改情况',
  '关于“窗口单位作风不实、群众反映强烈”问题的整改情况',
  '关于“落实中央八项规定精神不够到位”问题的整改情况',
  '关于“基层党建工作薄弱”问题的整改情况',
  '关于“选人用人程序执行不规范”问题的整改情况',
];
const OPENING = '现将整改进展情况予以公布。';
const TEXT = '已经完善有关制度，压实责任。';

export function writeForty(folder) {
  const write = (name, text) => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  };
  write('site.yaml', `title: 滨海市巡察整改公开\ndescription: 滨海市被巡察单位公布整改情况，接受社会监督。\nunit: 中共滨海市委巡察工作领导小组办公室\nunits: {${UNITS[0]}: minzheng}\ncontacts:\n  - {phone: 0999-1234567, hours: 工作日 8:30—17:30}\n`);
  for (let n = 0; n < 40; n += 1) {
    const unit = UNITS[n % 10];
    const year = 2025 - Math.floor(n / 14);
    const day = `${year}-${String(12 - (n % 14) % 12).padStart(2, '0')}-${String(10 + (n % 10)).padStart(2, '0')}`;
    const id = `notice-${String(n + 1).padStart(2, '0')}`;
    const published = n % 3 === 0 ? `published: ${day}T09:00:00+08:00\n` : '';
    const corrections = n % 9 === 1 ? `corrections:\n  - {date: ${year + 1}-01-20, note: 第二项的数更正。}\n` : '';
    const title = `${unit}关于巡察整改进展情况的通报`;
    const lines = [title, OPENING];
    write(`content/${id}/notice.md`, `---\ntitle: ${title}\nunit: ${unit}\ndate: ${day}\n${published}${corrections}---\n${OPENING}\n`);
    ITEMS.forEach((heading, item) => {
      const isOpen = n < 31 && item > 3 && n % 4 === item % 4;
      const status = n < 31 ? `status: ${isOpen ? (item === 4 ? 'in-progress' : 'long-term') : 'completed'}\n` : '';
      const numbered = `${'一二三四五六'[item]}、${heading}`;
      write(`content/${id}/0${item + 1}.md`, `---\nheading: ${numbered}\n${status}---\n${TEXT}\n`);
      lines.push(numbered, TEXT);
    });
    write(`content/${id}/approved.txt`, `${lines.join('\n')}\n`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeForty(process.argv[2]);
