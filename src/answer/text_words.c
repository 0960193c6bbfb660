/* SPDX-License-Identifier: Apache-2.0 */
/* style: data table */
#include "answer/text_words.h"

typedef const char *const words_t[EGRET_PAGE_LANGUAGE_COUNT];

static words_t words[EGRET_TEXT_COUNT] = {
    [EGRET_TEXT_FROM] = { "from", "来源", "來源" },
    [EGRET_TEXT_VERSION] = { "version", "版本", "版本" },
    [EGRET_TEXT_LABEL] = { "label", "标签", "標籤" },
    [EGRET_TEXT_TO] = { "to", "目标", "目標" },
    [EGRET_TEXT_ON] = { "on", "基准日", "基準日" },
    [EGRET_TEXT_STATUS] = { "status", "状态", "狀態" },
    [EGRET_TEXT_FACTS] = { "facts", "项目事实", "專案事實" },
    [EGRET_TEXT_OF_PROJECT] = { "of", "来自", "來自" },
    [EGRET_TEXT_VERDICT] = { "verdict", "结果", "結果" },
    [EGRET_TEXT_MISSING] = { "missing", "缺少", "缺少" },
    [EGRET_TEXT_FOR_ALIGNED] = {
        "for ALGN: ",
        "ALGN 尚缺：",
        "ALGN 尚缺：" },
    [EGRET_TEXT_BECOMES] = { "becomes", "转换为", "轉換為" },
    [EGRET_TEXT_AS] = { "as", "标签状态", "標籤狀態" },
    [EGRET_TEXT_NOT] = { "not", "并非", "並非" },
    [EGRET_TEXT_ROW] = { "row", "条目", "條目" },
    [EGRET_TEXT_RESULT] = { "result", "判定", "判定" },
    [EGRET_TEXT_USED] = { "used", "采用", "採用" },
    [EGRET_TEXT_NOT_WEIGHED] = { "not weighed", "未衡量", "未衡量" },
    [EGRET_TEXT_LACKS] = { "lacks ", "缺少", "缺少" },
    [EGRET_TEXT_CARRIES] = {
        "carries, another row was used",
        "成立，但采用了另一条目",
        "成立，但採用了另一條目" },
    [EGRET_TEXT_RELATION] = { "relation", "关系", "關係" },
    [EGRET_TEXT_CONDITION] = { "condition", "条件", "條件" },
    [EGRET_TEXT_THRESHOLD] = { "threshold", "阈值", "門檻" },
    [EGRET_TEXT_BY_THE_FACTS] = {
        "by the facts",
        "据项目事实",
        "據專案事實" },
    [EGRET_TEXT_RECORD] = { "record", "条目编号", "條目編號" },
    [EGRET_TEXT_JUSTIFICATION] = { "justification", "依据", "依據" },
    [EGRET_TEXT_COMMENT] = { "comment", "说明", "說明" },
    [EGRET_TEXT_VALID_FROM] = { "valid from", "生效日", "生效日" },
    [EGRET_TEXT_VALID_TO] = { "valid to", "失效日", "失效日" },
    [EGRET_TEXT_BEHIND] = { "behind", "之前的条目", "之前的條目" },
    [EGRET_TEXT_THROUGH] = { "through", "经由", "經由" },
    [EGRET_TEXT_PUBLISHED] = { "published ", "发布于 ", "發布於 " },
    [EGRET_TEXT_IN_FORCE_FROM] = {
        "in force from ",
        "施行自 ",
        "施行自 " },
    [EGRET_TEXT_UNTIL] = { " to ", " 至 ", " 至 " },
    [EGRET_TEXT_NO_AUTHORITY] = {
        ": of whoever wrote the file; no authority has approved it",
        "：由文件编写者作出，未经任何主管机构认可",
        "：由檔案編寫者作出，未經任何主管機關認可" },
    [EGRET_TEXT_OWN_TRANSLATION] = {
        " (own translation, not official)",
        "（自行翻译，非官方）",
        "（自行翻譯，非官方）" },
};

static words_t truths[] = {
    [EGRET_TRUTH_FALSE] = { "false", "不成立", "不成立" },
    [EGRET_TRUTH_UNKNOWN] = { "unknown", "未知", "未知" },
    [EGRET_TRUTH_TRUE] = { "true", "成立", "成立" },
};


const char *
egret_text_word(egret_text_word_t word, egret_page_language_t language)
{
    return words[word][language];
}


const char *
egret_text_truth(egret_truth_t truth, egret_page_language_t language)
{
    return truths[truth][language];
}


const char *
egret_text_verdict(egret_label_result_t result, egret_page_language_t language)
{
    return language == EGRET_PAGE_EN
               ? egret_explanation_verdict(result)
               : egret_word_verdict(result, language);
}


const char *
egret_text_missing(egret_missing_t missing, egret_page_language_t language)
{
    return language == EGRET_PAGE_EN
               ? egret_missing_text(missing)
               : egret_word_missing(missing, language);
}


const char *
egret_text_dimension(egret_dimension_t dimension,
                     egret_page_language_t language)
{
    return language == EGRET_PAGE_EN
               ? egret_dimension_text(dimension)
               : egret_word_dimension(dimension, language);
}


const char *
egret_text_relation(egret_relation_t relation, egret_page_language_t language)
{
    return language == EGRET_PAGE_EN
               ? egret_relation_text(relation)
               : egret_word_relation(relation, language);
}


const char *
egret_text_row_status(egret_row_status_t status,
                      egret_page_language_t language)
{
    return language == EGRET_PAGE_EN
               ? egret_row_status_text(status)
               : egret_word_row_status(status, language);
}
