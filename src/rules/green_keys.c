/* SPDX-License-Identifier: Apache-2.0 */
/* style: data table */

#include "rules/green_keys.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Tag, key, kind, whether a list, whether never nil, struct below. */

static const egret_green_field_t block_fields[] = {
    { "@Vrsn", "version", EGRET_GREEN_TEXT, false, false, 0 },
    { "Id", "id", EGRET_GREEN_TEXT, false, false, 0 },
    { "Prvs", "supersedes", EGRET_GREEN_TEXT, false, false, 0 },
    { "Sts", "status", EGRET_GREEN_TEXT, false, false, 0 },
    { "CreDtTm", "created", EGRET_GREEN_DATE, false, false, 0 },
    { "AsOfDt", "asOf", EGRET_GREEN_DATE, false, false, 0 },
    { "Issr", "issuer", EGRET_GREEN_STRUCT, false, true, EGRET_GREEN_ISSUER },
    { "Instr", "instrument", EGRET_GREEN_STRUCT, false, true,
      EGRET_GREEN_INSTRUMENT },
    { "Lbl", "labels", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_LABEL },
    { "UoP", NULL, EGRET_GREEN_FLAT, false, false,
      EGRET_GREEN_USE_OF_PROCEEDS },
    { "Rvw", "reviews", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_REVIEW },
    { "DNSH", "dnsh", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_NO_HARM },
    { "MinSfg", "minimumSafeguards", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_SAFEGUARD },
    { "Impct", "impact", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_IMPACT },
    { "CrbnAcct", "carbonAccount", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_CARBON_ACCOUNT },
    { "CrbnFtprnt", "footprint", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_FOOTPRINT },
    { "CrbnCrdt", "credits", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_CREDIT },
    { "Trnstn", "transition", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_TRANSITION },
    { "KPI", "kpis", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_KPI },
    { "EnvRsk", "envRisk", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_RISK },
    { "Dscl", "disclosures", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_DISCLOSURE },
    { "Sgntr", "signature", EGRET_GREEN_PRESENCE, false, false, 0 },
};

static const egret_green_field_t amount_fields[] = {
    { "", "value", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "@Ccy", "currency", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t measure_fields[] = {
    { "", "value", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "@Unit", "unit", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t hash_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Alg", "algorithm", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t issuer_fields[] = {
    { "LEI", "lei", EGRET_GREEN_TEXT, false, false, 0 },
    { "NtlId", "nationalIds", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_NATIONAL_ID },
    { "EntCls", "entityClass", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t national_id_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Schm", "scheme", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t instrument_fields[] = {
    { "Tp", "type", EGRET_GREEN_TEXT, false, false, 0 },
    { "ISIN", "isin", EGRET_GREEN_TEXT, false, false, 0 },
    { "AltId", "altId", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_ALTERNATIVE_ID },
    { "TtlAmt", "amount", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_AMOUNT },
    { "NetPrcds", "netProceeds", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_AMOUNT },
    { "DcsvDt", "decisiveDate", EGRET_GREEN_STRUCT, false, true,
      EGRET_GREEN_DECISIVE_DATE },
    { "FlxPct", "flexibilityShare", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Pool", "pool", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_POOL },
    { "IssDt", "issued", EGRET_GREEN_DATE, false, false, 0 },
    { "MtrtyDt", "maturity", EGRET_GREEN_DATE, false, false, 0 },
    { "PlcmntJursdctn", "placementJurisdictions", EGRET_GREEN_TEXT, true, false,
      0 },
};

static const egret_green_field_t alternative_id_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Tp", "type", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t decisive_date_fields[] = {
    { "", "value", EGRET_GREEN_DATE, false, false, 0 },
    { "@Kind", "kind", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t pool_fields[] = {
    { "Id", "id", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_POOL_ID },
    { "Amt", "amount", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_AMOUNT },
    { "LblRef", "labelRef", EGRET_GREEN_INTEGER, false, false, 0 },
    { "Shr", "share", EGRET_GREEN_DECIMAL, false, false, 0 },
};

static const egret_green_field_t pool_id_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Tp", "type", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t label_fields[] = {
    { "Schm", "scheme", EGRET_GREEN_TEXT, false, false, 0 },
    { "Vrsn", "version", EGRET_GREEN_TEXT, false, false, 0 },
    { "Cd", "code", EGRET_GREEN_TEXT, false, false, 0 },
    { "Shr", "share", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Sts", "status", EGRET_GREEN_TEXT, false, false, 0 },
    { "Obj", "objectives", EGRET_GREEN_TEXT, true, false, 0 },
    { "Src", "source", EGRET_GREEN_TEXT, false, false, 0 },
    { "Map", "mapping", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_MAPPING },
};

static const egret_green_field_t mapping_fields[] = {
    { "Tbl", "table", EGRET_GREEN_TEXT, false, false, 0 },
    { "Row", "row", EGRET_GREEN_TEXT, false, false, 0 },
    { "Rel", "relation", EGRET_GREEN_TEXT, false, false, 0 },
    { "OnDt", "on", EGRET_GREEN_DATE, false, false, 0 },
};

static const egret_green_field_t use_of_proceeds_fields[] = {
    { "Prj", "projects", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_PROJECT },
    { "Unallctd", "unallocated", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_AMOUNT },
    { "UnallctdTp", "unallocatedType", EGRET_GREEN_TEXT, false, false, 0 },
    { "MaxTenorMnths", "maxTenorMonths", EGRET_GREEN_INTEGER, false, false, 0 },
    { "PrcdsAcct", "proceedsAccount", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t project_fields[] = {
    { "Id", "ids", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_PROJECT_ID },
    { "Nm", "names", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_NAME },
    { "Jursdctn", "jurisdiction", EGRET_GREEN_TEXT, false, false, 0 },
    { "Subdvsn", "subdivision", EGRET_GREEN_TEXT, false, false, 0 },
    { "Indstry", "industries", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_INDUSTRY },
    { "Stg", "stage", EGRET_GREEN_TEXT, false, false, 0 },
    { "TtlCost", "totalCost", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_AMOUNT },
    { "FincdShr", "financedShare", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Allctd", "allocated", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_AMOUNT },
    { "RefiShr", "refinancingShare", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "LkBckMnths", "lookBack", EGRET_GREEN_INTEGER, false, false, 0 },
    { "LblRef", "labelRef", EGRET_GREEN_INTEGER, true, false, 0 },
    { "EnrgySrc", "energySource", EGRET_GREEN_TEXT, true, false, 0 },
    { "CrbnAssmt", "carbonAssessment", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_CARBON_ASSESSMENT },
    { "Tchnlgy", "technology", EGRET_GREEN_TEXT, true, false, 0 },
    { "Crtrn", "criteria", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_CRITERION },
};

static const egret_green_field_t project_id_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Schm", "scheme", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t name_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Lang", "language", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t industry_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Schm", "scheme", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t carbon_assessment_fields[] = {
    { "Cd", "code", EGRET_GREEN_TEXT, false, false, 0 },
    { "Hash", "hash", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_HASH },
};

static const egret_green_field_t criterion_fields[] = {
    { "Mtrc", "metric", EGRET_GREEN_TEXT, false, false, 0 },
    { "Val", "value", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Unit", "unit", EGRET_GREEN_TEXT, false, false, 0 },
    { "Ev", "evidence", EGRET_GREEN_INTEGER, false, false, 0 },
};

static const egret_green_field_t review_fields[] = {
    { "Prvdr", "provider", EGRET_GREEN_STRUCT, false, true,
      EGRET_GREEN_REVIEWER },
    { "Tp", "type", EGRET_GREEN_TEXT, false, false, 0 },
    { "Std", "standards", EGRET_GREEN_TEXT, true, false, 0 },
    { "Opn", "opinion", EGRET_GREEN_TEXT, false, false, 0 },
    { "Dt", "date", EGRET_GREEN_DATE, false, false, 0 },
    { "VldFr", "validFrom", EGRET_GREEN_DATE, false, false, 0 },
    { "VldTo", "validTo", EGRET_GREEN_DATE, false, false, 0 },
    { "Scp", "scope", EGRET_GREEN_STRUCT, true, false, EGRET_GREEN_SCOPE },
    { "Doc", "documents", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_DOCUMENT },
};

static const egret_green_field_t reviewer_fields[] = {
    { "LEI", "lei", EGRET_GREEN_TEXT, false, false, 0 },
    { "Nm", "name", EGRET_GREEN_TEXT, false, false, 0 },
    { "RegNo", "registration", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t scope_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Tp", "type", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t document_fields[] = {
    { "URL", "url", EGRET_GREEN_TEXT, false, false, 0 },
    { "Hash", "hash", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_HASH },
    { "Lang", "language", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t no_harm_fields[] = {
    { "PrjRef", "projectRef", EGRET_GREEN_INTEGER, false, false, 0 },
    { "Obj", "objective", EGRET_GREEN_TEXT, false, false, 0 },
    { "Rslt", "result", EGRET_GREEN_TEXT, false, false, 0 },
    { "Ev", "evidence", EGRET_GREEN_INTEGER, false, false, 0 },
};

static const egret_green_field_t safeguard_fields[] = {
    { "PrjRef", "projectRef", EGRET_GREEN_INTEGER, false, false, 0 },
    { "OECD", "oecd", EGRET_GREEN_BOOLEAN, false, false, 0 },
    { "UNGP", "ungp", EGRET_GREEN_BOOLEAN, false, false, 0 },
    { "ILO", "ilo", EGRET_GREEN_BOOLEAN, false, false, 0 },
};

static const egret_green_field_t impact_fields[] = {
    { "PrjRef", "projectRef", EGRET_GREEN_INTEGER, false, false, 0 },
    { "Mtrc", "metric", EGRET_GREEN_TEXT, false, false, 0 },
    { "Val", "value", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Unit", "unit", EGRET_GREEN_TEXT, false, false, 0 },
    { "Bss", "basis", EGRET_GREEN_TEXT, false, false, 0 },
    { "Prd", "period", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_PERIOD },
    { "Hrzn", "horizon", EGRET_GREEN_TEXT, false, false, 0 },
    { "Bsln", "baseline", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_BASELINE },
    { "Mthd", "methodology", EGRET_GREEN_TEXT, false, false, 0 },
    { "AttrbtnShr", "attribution", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Vrfd", "verified", EGRET_GREEN_BOOLEAN, false, false, 0 },
};

static const egret_green_field_t period_fields[] = {
    { "Fr", "from", EGRET_GREEN_DATE, false, false, 0 },
    { "To", "to", EGRET_GREEN_DATE, false, false, 0 },
};

static const egret_green_field_t baseline_fields[] = {
    { "Desc", "description", EGRET_GREEN_TEXT, false, false, 0 },
    { "Val", "value", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "EFId", "emissionFactor", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t carbon_account_fields[] = {
    { "Sys", "system", EGRET_GREEN_TEXT, false, false, 0 },
    { "No", "number", EGRET_GREEN_TEXT, false, false, 0 },
    { "Rtg", "rating", EGRET_GREEN_TEXT, false, false, 0 },
    { "RtgScl", "ratingScale", EGRET_GREEN_TEXT, false, false, 0 },
    { "AsOf", "asOf", EGRET_GREEN_DATE, false, false, 0 },
    { "S1", "scope1", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "S2", "scope2", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "S3", "scope3", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Intnsty", "intensity", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_MEASURE },
};

static const egret_green_field_t footprint_fields[] = {
    { "Prdct", "product", EGRET_GREEN_TEXT, false, false, 0 },
    { "FnctnlUnit", "functionalUnit", EGRET_GREEN_TEXT, false, false, 0 },
    { "Val", "value", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Std", "standard", EGRET_GREEN_TEXT, false, false, 0 },
    { "Bndry", "boundary", EGRET_GREEN_TEXT, false, false, 0 },
    { "Ref", "reference", EGRET_GREEN_TEXT, false, false, 0 },
    { "Hash", "hash", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_HASH },
};

static const egret_green_field_t credit_fields[] = {
    { "Rgstry", "registry", EGRET_GREEN_TEXT, false, false, 0 },
    { "PrjId", "projectId", EGRET_GREEN_TEXT, false, false, 0 },
    { "Vntg", "vintage", EGRET_GREEN_TEXT, false, false, 0 },
    { "SrlFr", "serialFrom", EGRET_GREEN_TEXT, false, false, 0 },
    { "SrlTo", "serialTo", EGRET_GREEN_TEXT, false, false, 0 },
    { "Qty", "quantity", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Sts", "status", EGRET_GREEN_TEXT, false, false, 0 },
    { "Mthd", "methodology", EGRET_GREEN_TEXT, false, false, 0 },
    { "PldgNo", "pledge", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t transition_fields[] = {
    { "Ctlg", "catalogue", EGRET_GREEN_TEXT, false, false, 0 },
    { "PlanURL", "planUrl", EGRET_GREEN_TEXT, false, false, 0 },
    { "Hash", "hash", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_HASH },
    { "BaseYr", "baseYear", EGRET_GREEN_INTEGER, false, false, 0 },
    { "TrgtYr", "targetYear", EGRET_GREEN_INTEGER, false, false, 0 },
    { "TrgtVal", "targetValue", EGRET_GREEN_DECIMAL, false, false, 0 },
};

static const egret_green_field_t kpi_fields[] = {
    { "Id", "id", EGRET_GREEN_TEXT, false, false, 0 },
    { "Nm", "name", EGRET_GREEN_TEXT, false, false, 0 },
    { "Mtrc", "metric", EGRET_GREEN_TEXT, false, false, 0 },
    { "Unit", "unit", EGRET_GREEN_TEXT, false, false, 0 },
    { "Bsln", "baseline", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_KPI_BASELINE },
    { "SPT", "targets", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_KPI_TARGET },
    { "Actl", "actuals", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_KPI_ACTUAL },
};

static const egret_green_field_t kpi_baseline_fields[] = {
    { "Yr", "year", EGRET_GREEN_INTEGER, false, false, 0 },
    { "Val", "value", EGRET_GREEN_DECIMAL, false, false, 0 },
};

static const egret_green_field_t kpi_target_fields[] = {
    { "ObsDt", "observed", EGRET_GREEN_DATE, false, false, 0 },
    { "Trgt", "target", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Drctn", "direction", EGRET_GREEN_TEXT, false, false, 0 },
    { "StepTp", "stepType", EGRET_GREEN_TEXT, false, false, 0 },
    { "StepBps", "stepBps", EGRET_GREEN_DECIMAL, false, false, 0 },
};

static const egret_green_field_t kpi_actual_fields[] = {
    { "Val", "value", EGRET_GREEN_DECIMAL, false, false, 0 },
    { "Dt", "date", EGRET_GREEN_DATE, false, false, 0 },
    { "Sts", "status", EGRET_GREEN_TEXT, false, false, 0 },
    { "RvwRef", "reviewRef", EGRET_GREEN_INTEGER, false, false, 0 },
};

static const egret_green_field_t risk_fields[] = {
    { "CrdtRtg", "creditRating", EGRET_GREEN_STRUCT, false, false,
      EGRET_GREEN_RISK_RATING },
    { "Pnlts", "penalties", EGRET_GREEN_INTEGER, false, false, 0 },
    { "ESGRtg", "esgRatings", EGRET_GREEN_STRUCT, true, false,
      EGRET_GREEN_RATING },
    { "Scnro", "scenarios", EGRET_GREEN_TEXT, true, false, 0 },
};

static const egret_green_field_t risk_rating_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Schm", "scheme", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t rating_fields[] = {
    { "", "value", EGRET_GREEN_TEXT, false, false, 0 },
    { "@Prvdr", "provider", EGRET_GREEN_TEXT, false, false, 0 },
};

static const egret_green_field_t disclosure_fields[] = {
    { "Tp", "type", EGRET_GREEN_TEXT, false, false, 0 },
    { "URL", "url", EGRET_GREEN_TEXT, false, false, 0 },
    { "Hash", "hash", EGRET_GREEN_STRUCT, false, false, EGRET_GREEN_HASH },
    { "PubDt", "published", EGRET_GREEN_DATE, false, false, 0 },
    { "NxtDueDt", "nextDue", EGRET_GREEN_DATE, false, false, 0 },
    { "Lang", "language", EGRET_GREEN_TEXT, false, false, 0 },
};

#define ROW(name, fields)                                                     \
    { (name), (fields), COUNT(fields) }

static const egret_green_row_t rows[] = {
    [EGRET_GREEN_BLOCK] = ROW("the block", block_fields),
    [EGRET_GREEN_AMOUNT] = ROW("an amount", amount_fields),
    [EGRET_GREEN_MEASURE] = ROW("a measure", measure_fields),
    [EGRET_GREEN_HASH] = ROW("a hash", hash_fields),
    [EGRET_GREEN_ISSUER] = ROW("the issuer", issuer_fields),
    [EGRET_GREEN_NATIONAL_ID] = ROW("a national id", national_id_fields),
    [EGRET_GREEN_INSTRUMENT] = ROW("the instrument", instrument_fields),
    [EGRET_GREEN_ALTERNATIVE_ID] =
        ROW("an alternative id", alternative_id_fields),
    [EGRET_GREEN_DECISIVE_DATE] =
        ROW("the decisive date", decisive_date_fields),
    [EGRET_GREEN_POOL] = ROW("a position of the pool", pool_fields),
    [EGRET_GREEN_POOL_ID] = ROW("the id of a position", pool_id_fields),
    [EGRET_GREEN_LABEL] = ROW("a label", label_fields),
    [EGRET_GREEN_MAPPING] = ROW("a mapping", mapping_fields),
    [EGRET_GREEN_USE_OF_PROCEEDS] =
        ROW("the use of proceeds", use_of_proceeds_fields),
    [EGRET_GREEN_PROJECT] = ROW("a project", project_fields),
    [EGRET_GREEN_PROJECT_ID] = ROW("a project's id", project_id_fields),
    [EGRET_GREEN_NAME] = ROW("a name", name_fields),
    [EGRET_GREEN_INDUSTRY] = ROW("an industry", industry_fields),
    [EGRET_GREEN_CARBON_ASSESSMENT] =
        ROW("a carbon assessment", carbon_assessment_fields),
    [EGRET_GREEN_CRITERION] = ROW("a criterion", criterion_fields),
    [EGRET_GREEN_REVIEW] = ROW("a review", review_fields),
    [EGRET_GREEN_REVIEWER] = ROW("a reviewer", reviewer_fields),
    [EGRET_GREEN_SCOPE] = ROW("a scope", scope_fields),
    [EGRET_GREEN_DOCUMENT] = ROW("a document", document_fields),
    [EGRET_GREEN_NO_HARM] = ROW("a DNSH result", no_harm_fields),
    [EGRET_GREEN_SAFEGUARD] = ROW("minimum safeguards", safeguard_fields),
    [EGRET_GREEN_IMPACT] = ROW("an impact", impact_fields),
    [EGRET_GREEN_PERIOD] = ROW("a period", period_fields),
    [EGRET_GREEN_BASELINE] = ROW("a baseline", baseline_fields),
    [EGRET_GREEN_CARBON_ACCOUNT] =
        ROW("a carbon account", carbon_account_fields),
    [EGRET_GREEN_FOOTPRINT] = ROW("a footprint", footprint_fields),
    [EGRET_GREEN_CREDIT] = ROW("a carbon credit", credit_fields),
    [EGRET_GREEN_TRANSITION] = ROW("a transition plan", transition_fields),
    [EGRET_GREEN_KPI] = ROW("a KPI", kpi_fields),
    [EGRET_GREEN_KPI_BASELINE] =
        ROW("the baseline of a KPI", kpi_baseline_fields),
    [EGRET_GREEN_KPI_TARGET] = ROW("a target", kpi_target_fields),
    [EGRET_GREEN_KPI_ACTUAL] = ROW("an actual value", kpi_actual_fields),
    [EGRET_GREEN_RISK] = ROW("an environmental risk", risk_fields),
    [EGRET_GREEN_RISK_RATING] =
        ROW("an environmental credit rating", risk_rating_fields),
    [EGRET_GREEN_RATING] = ROW("an ESG rating", rating_fields),
    [EGRET_GREEN_DISCLOSURE] = ROW("a disclosure", disclosure_fields),
};


const egret_green_row_t *
egret_green_row(egret_green_struct_t number)
{
    return &rows[number];
}


const egret_green_field_t *
egret_green_find(const egret_green_row_t *row, const char *key, size_t length)
{
    for (size_t i = 0; i < row->count; i++) {
        const egret_green_field_t *field = &row->fields[i];
        const egret_green_field_t *found = NULL;

        if (field->kind == EGRET_GREEN_FLAT) {
            found = egret_green_find(&rows[field->below], key, length);
        } else if (strlen(field->key) == length
                   && memcmp(field->key, key, length) == 0)
        {
            found = field;
        }
        if (found != NULL) {
            return found;
        }
    }

    return NULL;
}
