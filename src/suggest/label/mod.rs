//! The words around a figure → a name for it: 截至目前共发推文27篇 → 推文.
//!
//! Start with [`label`]. `clause` finds the words that speak of the figure, `cut` cuts the name out of them. A name is
//! published in a table, so one that might say something else carries a mark: where nothing good is left it is a piece of
//! the clause, and says so. Whether a name leads to its figure is not asked here.

mod clause;
mod cut;

use std::ops::Range;

use self::clause::Clause;
use self::cut::{
    can_stand, counts, has_ideograph, is_listed, is_torn, shorten, starts_with_any, tidy, without_loose_end,
};
use super::vocabulary as lists;
use crate::binding::Words;
use crate::text::width;

/// The most characters of a name.
const LONGEST: usize = 16;

/// A name for a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Ideographs, ASCII letters, digits and the points between these (PM2.5) only, at least one ideograph among them.
    pub(super) text: String,
    /// Whether it reads like one; else an editor has to find a better one.
    pub(super) is_good: bool,
}

impl Label {
    fn doubtful(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_good: false }
    }
}

/// Returns the names of the figure at `at`: one, or those of all subjects that share it (A、B均达100%). What fills a cell is
/// called by its row and column.
pub(super) fn labels(words: &Words, at: &Range<usize>) -> Vec<Label> {
    if let Some(name) = words.name_of_cell(at.start).filter(|name| has_ideograph(name)) {
        return vec![Label { text: name.to_owned(), is_good: true }];
    }
    let subjects: Option<Vec<Label>> = Clause::new(words, at).subjects().iter().map(finish).collect();
    subjects.filter(|subjects| subjects.len() > 1).unwrap_or_else(|| vec![label(words, at)])
}

/// Returns a name for the figure at `at`.
fn label(words: &Words, at: &Range<usize>) -> Label {
    let clause = Clause::new(words, at);
    clause.names().find_map(|name| finish(&name)).unwrap_or_else(|| Label::doubtful("数据"))
}

/// Makes a name of a piece of text, unless too little is left of it.
fn finish(draft: &Label) -> Option<Label> {
    let (text, is_whole) = shorten(&tidy(&draft.text), LONGEST);
    let name = without_loose_end(&text);
    if !has_ideograph(name) || name.chars().count() < 2 {
        return None;
    }
    let is_empty = is_listed(name, lists::LIGHT_VERBS) || starts_with_any(name, lists::PREPOSITIONS);
    let is_good = draft.is_good
        && is_whole
        && name == text
        && can_stand(name)
        && !is_empty
        && !is_torn(name)
        && !draft.text.contains(is_odd_number)
        && !counts(name);
    Some(Label { text: name.to_owned(), is_good })
}

/// Tells whether `character` is a number that no name keeps: the Ⅴ of 劣Ⅴ类断面.
fn is_odd_number(character: char) -> bool {
    character.is_numeric() && !width::is_digit(character) && !width::is_han(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks the names of the figures in brackets, parted by spaces; one that is not good carries a `?`.
    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let (words, figures) = Words::marked(marked);
        let labels: Vec<String> = figures
            .iter()
            .map(|at| {
                let label = label(&words, at);
                format!("{}{}", label.text, if label.is_good { "" } else { "?" })
            })
            .collect();
        assert_eq!(labels.join(" "), expected, "{marked}");
    }

    #[test]
    fn what_is_counted_stands_in_front() {
        check(
            "截至目前共发推文[27篇]、视频[12个]，订制高发类案件宣传话术[11份]，",
            "推文 视频 高发类案件宣传话术",
        );
        check("利用语音机器人针对性宣防群众[9.7万余人]，共计追赃[936.3万元]，", "宣防群众 追赃");
        check(
            "建立完善或建章立制、制定相关工作规范[34项]；清退款项[102.28万元]。",
            "制定相关工作规范 清退款项",
        );
        check("建成生态警务联勤工作站[12处]，生态行刑共治中心[4处]，", "生态警务联勤工作站 生态行刑共治中心");
        check("查处违法排放污染物案件[15起]。", "查处违法排放污染物案件");
        check("年初以来共进行保密检查[3轮次]，发现并整改问题[21个]。", "保密检查 发现并整改问题");
        check("发布执法提醒[20期]，制发周执法质效研判[14期]，", "执法提醒 周执法质效研判");
        check("对执法不规范的民警通报计分[11人次]。", "执法不规范的民警通报计分");
        check("建设实训基地及现场教学点[8个]，", "实训基地及现场教学点");
        check("目前已招录民警[3名]。", "招录民警");
        check("累计向重点企业开展宣防活动、现场答疑[80余场次]，", "现场答疑?");
        check("追责问责[6人]，其中[2人]给予批评教育，[4人]给予督察记分；", "追责问责 批评教育 督察记分");
        check("组织市局机关开展“三不”宣讲[5场]", "三不宣讲");
        check("{2025年}修订制度[12项]", "修订制度");
        check("PM2.5平均浓度[26微克/立方米]，", "PM2.5平均浓度");
        check("PM10年均浓度[26微克/立方米]，", "PM10年均浓度");
        check("升级2.0版本平台[3个]，", "升级2.0版本平台");
        check("新开V1.5专线[12条]，", "新开V1.5专线");
        check("全年办结群众诉求（含来信）[1,204件]", "办结群众诉求");
        check("会计培训[3次]、审计[2次]", "会计培训 审计");
    }

    #[test]
    fn what_is_counted_stands_behind() {
        check("市局对市委巡察组巡察期间移交的[10件]信访件，", "移交信访件");
        check("累计停用[18家次]违规清舱船舶，", "停用违规清舱船舶");
        check("市局先后[8次]召开市局党委会、专题会议等推进整改措施落地。", "召开市局党委会?");
        check("精心组织“实创争先年”[30个]重点品牌攻坚行动，", "重点品牌攻坚行动");
        check("推进定海北部、金塘、岱山衢山[三个]海防联勤工作站建设，", "海防联勤工作站建设");
        check("船厂码头油柜油污水接收处置指南[三项]作业指南。", "作业指南");
        check("梳理日常接报的[10大类]非警务事项，", "接报非警务事项");
        check("已完成[4件]巡察反馈“见人见事”的核实处置，", "巡察反馈见人见事的核实处置");
        check("组织对[一起]案件办案拖沓问题进行全面核实，", "案件办案拖沓问题");
        check("{2025年}共有[26名]辅警获二级嘉奖，[21名]辅警获三级嘉奖。", "辅警获二级嘉奖 辅警获三级嘉奖");
        check("共[800余人次]民辅警受训。", "民辅警受训");
        check("自{2025年2月}起排摸[超2个月]未结案件底数和启动第一期案件交叉评查，", "排摸未结案件底数?");
        check("实行[24小时]运转，", "运转?");
        check("反馈的[25个]问题", "反馈问题");
        check("[3名]责任人（含科级）受到党纪处分", "责任人");
        check("[2人]受到党纪处分", "党纪处分");
    }

    #[test]
    fn rates_and_comparisons_have_their_subject() {
        check("追赃率达到[37.7%]。", "追赃率");
        check("办结率为[100%]。", "办结率");
        check("实现办理准确率达[100%]。", "办理准确率");
        check(
            "今年来全市移诉平均用时同比下降[33.6%]，全市行政快办率同比上升[17.5%]。",
            "移诉平均用时同比降幅 行政快办率同比升幅",
        );
        check("执法源头问题同比减少[20%]。", "执法源头问题同比降幅");
        check("执法源头问题同比减少[20起]。", "执法源头问题同比减少数");
        check("营业收入较上年增长[12%]", "营业收入增幅");
        check("受理数[1204起]，同比下降[15.3%]", "受理数 同比降幅?");
    }

    #[test]
    fn names_that_are_torn_out_of_a_clause_are_marked() {
        check("《检查记录》反映涉及[3个方面]，", "检查记录反映涉及?");
        check("对[4项]县级专项基金在限期前拨付，", "县级专项基金");
        check("已建成[7家]县级、镇级示范泵站，", "县级?");
        check("[5次]在全局例会、季度例会上通报，", "数据?");
        check("剩余[3项]目前正在推进，", "剩余?");
        check("常态化巡查的有[6条]，", "常态化巡查?");
        check("排名较年初前移[6位]。", "排名较年初前移");
        check("较年初前移[6位]。", "较年初前移?");
        check("比去年同期高[4.1个百分点]，", "比去年同期高?");
        check("空置公房中[31套]已出租。", "空置公房中?");
        check("其余计划[2处]年内完成。", "其余计划年内?");
        check("发出督办单[64件]，学生近视率[49.7%]。", "发出督办单 学生近视率");
        check("该项收入已列入[3笔]，资金拨付于[2笔]", "该项收入已列入? 资金拨付于?");
    }

    #[test]
    fn what_stands_in_brackets_has_its_own_subject() {
        check(
            "[2处]泵站已完工[1处]([50%])、[15口]井已修复[8口]（[53%]）",
            "泵站 泵站已完工 泵站已完工比例? 数据? 井已修复 井已修复比例?",
        );
        check("大坝加固正在施工中([93%])、引水渠正在施工中（[75%]），", "大坝加固进度? 引水渠进度?");
        check("问题整改到位（[12个]）", "问题整改到位?");
    }

    #[test]
    fn one_figure_may_have_several_subjects() {
        let check = |marked: &str, expected: &[&str]| {
            let (words, figures) = Words::marked(marked);
            let found = labels(&words, &figures[0]);
            let found: Vec<String> = found
                .iter()
                .map(|one| format!("{}{}", one.text, if one.is_good { "" } else { "?" }))
                .collect();
            assert_eq!(found, expected, "{marked}");
        };
        check("填报及时率、规范率均达[100%]。", &["填报及时率", "规范率"]);
        check("今年以来，办结率、满意率和回访率均为[100%]。", &["办结率", "满意率", "回访率"]);
        check("甲村和乙村各[5户]。", &["甲村", "乙村"]);
        check("新建公厕、垃圾站各[3座]。", &["新建公厕?", "垃圾站?"]);
        check("办结率均达[100%]。", &["办结率"]);
    }

    #[test]
    fn respectively_gives_each_subject_its_figure() {
        check("受理数、案损数分别同比下降[15.3%]和[53.7%]。", "受理数同比降幅 案损数同比降幅");
        check(
            "今年以来，全市电诈案件受理数、案损数分别同比下降[15.3%]和[53.7%]。",
            "电诈案件受理数同比降幅 案损数同比降幅",
        );
        check("酒驾、醉驾分别为[12起]、[5起]。", "酒驾 醉驾");
        check("分别查处酒驾[12起]、醉驾[5起]。", "查处酒驾 醉驾");
        check("分别受理投诉、咨询[37件]、[1205件]。", "投诉 咨询");
        check("分别办理[12件]、[34件]、[56件]，", "办理? 数据? 数据?");
        check("投诉、咨询、求助分别为[37件]、[1205件]。", "求助? 求助?");
    }

    #[test]
    fn names_and_figures_in_a_row_are_paired_and_marked() {
        check("共接待来信、来访、来电[12件]、[34批次]和[56次]。", "接待来信? 来访? 来电?");
        check("受理数、案损数同比下降[15.3%]和[53.7%]。", "受理数同比降幅? 案损数同比降幅?");
        check("共接待来信、来访、来电[12件]、[34批次]。", "来电? 来电?");
        check("组织党员、干部[3批次]、[128人次]。", "组织党员? 干部?");
    }

    #[test]
    fn where_nothing_good_is_left_a_piece_of_the_clause_is_the_name() {
        check("依托县区社会治理中心成功化解[221起]；", "依托县区社会治理中心成功化解?");
        check("练兵保障优化[五大行动]，", "行动?");
        check("[3件]", "数据?");
        check("以“短信”和“前端智能感知”[两种]形式提醒群众身份证、居住证", "形式提醒群众身份证?");
        check("形成[5方面][14类][40项]措施", "形成? 数据? 措施?");
        check("每人[500元]", "每人?");
        check("人均[500元]", "人均?");
        check("金额[500元]", "金额?");
        check("下降[3.2%]", "降幅?");
        check("到位[三项]", "到位?");
        check("抽查的两项机制[1次]", "抽查的两项机制?");
        check("第一季度[4名]", "数据?");
        check("完成全年任务的[109.65%]，同比增长[6.2%]", "完成全年任务? 同比增幅?");
        check("新建公厕、垃圾站各[3座]", "新建公厕垃圾站?");
        check("适时对已完成整改的问题开展回头看[3次]", "回头看");
        check("先后[3次]对已完成整改的问题适时开展回头看", "数据?");
        check("表彰[3个]集体和[8个]个人", "表彰集体? 个人?");
    }

    #[test]
    fn words_behind_a_figure_end_at_the_verb() {
        check("反馈的[40项]问题已完成整改[39项]", "反馈问题 问题已完成整改");
        check("[113条]整改措施已完成[110条]", "整改措施 整改措施已完成");
        check("[四项]问题已整改到位[三项]", "问题? 问题已整改到位");
        check("[5名]科级干部分别受到党内警告、政务记过处分", "科级干部");
        check("[三类]人员逐户走访", "人员?");
        check("移交的[10件]信访件已办结", "移交信访件");
        check("[3座]公共厕所均已开放", "公共厕所");
    }

    #[test]
    fn both_ends_of_a_change_are_marked() {
        check("审批时限由[15个工作日]压缩至[5个工作日]", "审批时限? 压缩?");
        check("由[15个工作日]压缩至[5个工作日]", "压缩? 压缩?");
        check("办理时间由原来的[30天]压减到[20天]", "原来压减? 压减?");
        check("登记失业率由[5.5%]下降到[5.1%]", "登记失业率? 下降?");
        check("网办率从[80%]提升至[95%]", "网办率? 提升?");
        check("好评率由[95%]上升[3个百分点]", "好评率? 升幅?");
    }

    #[test]
    fn comparisons_without_a_subject_are_marked() {
        check("办案经费[2,350万元]同比增长[3.5%]", "办案经费 同比增幅?");
        check("面积[1,200.5㎡]、服务率提升[5%]", "面积 服务率升幅?");
        check("信访总量同比下降[12%]，环比下降[3%]", "信访总量同比降幅 环比降幅?");
        check("信访总量同比下降[12%]，环比下降[3%]，减少[12件]", "信访总量同比降幅 环比降幅? 减少数?");
        check("信访量翻了一番，增长[105%]", "增幅?");
        check("城镇新增就业[1.2万人]", "城镇新增就业");
        check("城镇登记失业率由去年的[5.5%]，下降[0.4个百分点]", "城镇登记失业率由去年? 降幅?");
        check("完成税收[2,350万元]，同比增长[6.2%]", "税收 同比增幅?");
    }

    proptest! {
        #[test]
        fn any_clause_gives_a_plain_name(before in "[、，一-龥“”（）《》a-z0-9 共已发的]{0,40}", after in "[、，的一-龥“”（）等]{0,40}") {
            let (words, figures) = Words::marked(&format!("{before}[3件]{after}"));
            let label = label(&words, &figures[0]);
            prop_assert!(has_ideograph(&label.text));
            prop_assert_eq!(without_loose_end(&label.text), &label.text);
            prop_assert!(label.text.chars().all(|c| width::is_han(c) || c.is_ascii_alphanumeric()));
            prop_assert!(label.text.chars().count() <= LONGEST + 4);
        }
    }
}
