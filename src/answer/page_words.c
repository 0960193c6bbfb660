/* SPDX-License-Identifier: Apache-2.0 */
/* style: data table */
#include "answer/page_words.h"

typedef const char *const words_t[EGRET_PAGE_LANGUAGE_COUNT];

static words_t words[EGRET_WORD_COUNT] = {
    [EGRET_WORD_TITLE] = { "What a green label means elsewhere",
                           "绿色标签在对方标准中的含义",
                           "綠色標籤在對方標準中的含義" },
    [EGRET_WORD_LABEL] = { "Label", "标签", "標籤" },
    [EGRET_WORD_FROM] = { "From", "来源标准", "來源標準" },
    [EGRET_WORD_TO] = { "To", "目标标准", "目標標準" },
    [EGRET_WORD_VERDICT] = { "Result", "结果", "結果" },
    [EGRET_WORD_STANDS_NOT] = { "does not stand as a green label",
                                "不能作为绿色标签成立",
                                "不能作為綠色標籤成立" },
    [EGRET_WORD_ASKED] = { "Code asked for", "所询代码", "所詢代碼" },
    [EGRET_WORD_ASKED_NOT] = {
        "The label does not become the code that was asked for.",
        "所询代码并非转换结果。",
        "所詢代碼並非轉換結果。" },
    [EGRET_WORD_ON] = { "Decisive date", "基准日", "基準日" },
    [EGRET_WORD_MISSING] = { "Missing", "缺少", "缺少" },
    [EGRET_WORD_ROWS] = { "Rows", "映射条目", "對照條目" },
    [EGRET_WORD_NO_ROWS] = { "There is no row.", "没有映射条目。",
                             "沒有對照條目。" },
    [EGRET_WORD_RELATION] = { "Relation", "关系", "關係" },
    [EGRET_WORD_SOURCE] = { "Source", "来源", "來源" },
    [EGRET_WORD_STATUS] = { "Status", "状态", "狀態" },
    [EGRET_WORD_USED] = { "used", "采用", "採用" },
    [EGRET_WORD_NOT_USED] = { "not used", "未采用", "未採用" },
    [EGRET_WORD_OWN_TRANSLATION] = { "(own translation, not official)",
                                     "（自行翻译，非官方）",
                                     "（自行翻譯，非官方）" },
    [EGRET_WORD_NOTE] = {
        "Own assessment: of whoever wrote the row. No authority has approved "
        "it, and a result is no certificate.",
        "自行评估：由条目编写者作出，未经任何主管机构认可；结果不构成认证。",
        "自行評估：由條目編寫者作出，未經任何主管機關認可；結果不構成認證。" },
};

static words_t verdicts[] = {
    [EGRET_TRANSLATION_STANDS] = { "stands as it is", "原标签有效",
                                   "原標籤有效" },
    [EGRET_TRANSLATION_TRANSLATED] = { "translated", "可转换", "可轉換" },
    [EGRET_TRANSLATION_NEEDS_ASSESSMENT] = { "needs assessment", "需另行评估",
                                             "需另行評估" },
    [EGRET_TRANSLATION_NO_COUNTERPART] = { "no counterpart", "无对应类别",
                                           "無對應類別" },
};

static words_t missing_words[EGRET_MISSING_COUNT] = {
    [EGRET_MISSING_SCOPE] = { "scope", "活动范围", "活動範圍" },
    [EGRET_MISSING_CRITERIA] = { "criteria", "技术筛选标准", "技術篩選標準" },
    [EGRET_MISSING_DNSH] = { "do no significant harm", "无重大损害",
                             "未造成重大危害" },
    [EGRET_MISSING_SAFEGUARDS] = { "safeguards", "最低保障", "最低保障" },
    [EGRET_MISSING_FACT] = { "a fact that a condition asks for",
                             "条件所要求的事实", "條件所要求的事實" },
    [EGRET_MISSING_CONDITION] = { "a condition that is met", "满足的条件",
                                  "符合的條件" },
    [EGRET_MISSING_ROW] = { "row", "映射条目", "對照條目" },
    [EGRET_MISSING_VALID_ROW] = { "valid row", "在该日有效的映射条目",
                                  "在該日有效的對照條目" },
    [EGRET_MISSING_FINAL_BLOCK] = { "final block", "定稿的信息块",
                                    "定稿的資訊區塊" },
    [EGRET_MISSING_STATUS] = { "status", "合格或对齐状态", "合格或符合狀態" },
    [EGRET_MISSING_SOURCE_CODE] = { "source code", "来源标准中的代码",
                                    "來源標準中的代碼" },
    [EGRET_MISSING_SOURCE_IN_FORCE] = { "source version in force",
                                        "在该日有效的来源版本",
                                        "在該日有效的來源版本" },
    [EGRET_MISSING_TARGET_IN_FORCE] = { "target version in force",
                                        "在该日有效的目标版本",
                                        "在該日有效的目標版本" },
    [EGRET_MISSING_EXPLICIT_ROW] = { "a row that names nuclear power or gas",
                                     "明确列出核能或天然气的映射条目",
                                     "明確列出核能或天然氣的對照條目" },
};

static words_t dimensions[EGRET_DIMENSION_COUNT] = {
    [EGRET_DIMENSION_SCOPE] = { "scope", "范围", "範圍" },
    [EGRET_DIMENSION_CRITERIA] = { "criteria", "标准", "標準" },
    [EGRET_DIMENSION_DNSH] = { "no harm", "无损害", "無危害" },
    [EGRET_DIMENSION_SAFEGUARDS] = { "safeguards", "保障", "保障" },
};

static words_t relations[EGRET_RELATION_COUNT] = {
    [EGRET_RELATION_NOT_COMPARED] = { "not compared", "未比较", "未比較" },
    [EGRET_RELATION_EXACT] = { "the same", "相同", "相同" },
    [EGRET_RELATION_BROAD] = { "within", "包含于", "包含於" },
    [EGRET_RELATION_NARROW] = { "contains it", "包含对方", "包含對方" },
    [EGRET_RELATION_CLOSE] = { "close", "相近", "相近" },
    [EGRET_RELATION_RELATED] = { "related", "相关", "相關" },
    [EGRET_RELATION_NONE] = { "none", "无", "無" },
    [EGRET_RELATION_NOT_REQUIRED] = { "not required", "不要求", "不要求" },
};

static words_t statuses[EGRET_ROW_STATUS_COUNT] = {
    [EGRET_ROW_UNSTATED] = { "not stated", "未说明", "未說明" },
    [EGRET_ROW_OFFICIAL] = { "official", "官方", "官方" },
    [EGRET_ROW_OWN_ASSESSMENT] = { "own assessment", "自行评估", "自行評估" },
    [EGRET_ROW_DRAFT] = { "draft", "草案", "草案" },
    [EGRET_ROW_SUPERSEDED] = { "superseded", "已被取代", "已被取代" },
};


const char *
egret_word(egret_word_t word, egret_page_language_t language)
{
    return words[word][language];
}


const char *
egret_word_verdict(egret_label_result_t result,
                   egret_page_language_t language)
{
    return verdicts[result][language];
}


const char *
egret_word_missing(egret_missing_t missing, egret_page_language_t language)
{
    return missing_words[missing][language];
}


const char *
egret_word_dimension(egret_dimension_t dimension,
                     egret_page_language_t language)
{
    return dimensions[dimension][language];
}


const char *
egret_word_relation(egret_relation_t relation, egret_page_language_t language)
{
    return relations[relation][language];
}


const char *
egret_word_row_status(egret_row_status_t status,
                      egret_page_language_t language)
{
    return statuses[status][language];
}
