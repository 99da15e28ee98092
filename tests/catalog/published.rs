//! The four published catalogs of the corpus, as they stand in the files, read by hand first.

use super::{digest, values};
use std::path::Path;
use yiju::catalog::{self, Catalog, Field};

pub(super) const IDS: [&str; 4] = ["etuoke-yibaoju", "juye-yibaoju", "qiaokou-yibaoju", "zhangzhou-yibaoju"];

pub(super) fn published(id: &str) -> Catalog {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/catalogs").join(id);
    let mut catalogs = catalog::load(&dir).unwrap();
    assert_eq!(catalogs.len(), 1, "{id} holds one catalog");
    catalogs.remove(0)
}

fn names(catalog: &Catalog) -> Vec<String> {
    catalog.items.iter().map(|item| item.path.join("/")).collect()
}

#[test]
fn the_folder_holds_the_four_in_order() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/catalogs");
    let ids: Vec<String> = catalog::load_folder(&dir).unwrap().into_iter().map(|catalog| catalog.id).collect();
    assert_eq!(ids, IDS);
}

#[test]
fn stray_cells_and_short_rows_find_their_columns() {
    let catalog = published("etuoke-yibaoju");
    assert_eq!(
        names(&catalog),
        [
            "机构概况/机构职能",
            "机构概况/机构领导",
            "机构概况/内设机构",
            "政策信息/政策文件",
            "政策信息/政策解读",
            "财政预决算/部门预算",
            "财政预决算/部门决算",
            "建议提案办理",
            "“三重一大”事项/1. 重大决策； 2. 重要人事任免； 3. 重大事项安排",
            "权责清单",
            "政府信息公开基本信息/政府信息公开工作年度报告",
            "工作情况/医保动态",
            "工作情况/通知公告",
        ]
    );
    // Lines 13–15 of the file hold nothing but the further lines of the merged 责任科室 cell.
    assert_eq!(
        catalog.items[5].text(Field::Department),
        "办公室、财务室\n办公室、财务室\n办公室、财务室、业务室\n办公室、财务室"
    );
    // Rows 7–9 have 13 cells for 14 columns: the empty 特定群体 is missing.
    assert_eq!(values(&catalog, Field::Audience), ["全社会"; 13]);
    assert_eq!(catalog.items[7].text(Field::Department), "办公室、业务室");
    assert!(catalog.items[7].other["对应职责"].starts_with("办公室负责撰写答复情况"));
    assert_eq!(values(&catalog, Field::EffectLevel)[9], "行政法规；办法");
    assert_eq!(values(&catalog, Field::Disclosure), ["法定公开"; 13]);
}

#[test]
fn rows_torn_by_page_breaks_are_whole_again() {
    let catalog = published("juye-yibaoju");
    assert_eq!(catalog.items.len(), 34);
    assert_eq!(names(&catalog)[29], "组织管理/政务公开工作培训");
    assert_eq!(names(&catalog)[2], "机构设置");
    assert_eq!(catalog.items[2].text(Field::Publisher), "医疗保障局");
    for item in &catalog.items {
        let deadline = item.text(Field::Deadline);
        assert!(!deadline.contains("工作") || deadline.contains("内"), "{}: {deadline}", item.row);
    }
    assert_eq!(catalog.items[7].text(Field::Deadline), "做出决定之日起7个工作日之内");
    assert!(catalog.items[13].text(Field::Content).ends_with("降低社会保险费率等信息"));
    assert!(catalog.items[25].other["内容规范"].contains("规范性文件件，以及行政裁量权"));
    // The shifted rows: 政务公开 is empty twice over, or stands with an empty cell after it.
    assert_eq!(catalog.items[20].path, ["决策公开", "意见征集和结果反馈"]);
    assert_eq!(catalog.items[20].text(Field::Publisher), "医疗保障局");
    assert_eq!(catalog.items[21].other["政务公开"], "结果公开");
    assert!(!catalog.columns.iter().any(|column| column.field == Field::Basis));
    assert!(catalog.notes.iter().any(|note| note.contains("没有公开依据")));
}

#[test]
fn lost_level_columns_shift_nothing() {
    let catalog = published("zhangzhou-yibaoju");
    assert_eq!(catalog.items.len(), 27);
    assert!(names(&catalog).iter().all(String::is_empty), "the file has no words in its level columns");
    assert!(values(&catalog, Field::Channel).iter().all(|channel| *channel == "政府网站"));
    assert!(values(&catalog, Field::Disclosure).iter().all(|way| way.ends_with("公开")));
    assert!(values(&catalog, Field::Department).iter().all(|office| !office.is_empty()));
    assert_eq!(values(&catalog, Field::Content)[2], "决算公开");
    // The cell of the basis holds a line end only; what stands after it is the clause.
    assert_eq!(values(&catalog, Field::Content)[22], "主动回应群众关切问题");
    assert_eq!(values(&catalog, Field::Basis)[22], "");
    assert!(values(&catalog, Field::Clause)[22].starts_with("对涉及本地区、本部门的重大突发事件"));
    assert_eq!(values(&catalog, Field::Basis).iter().filter(|basis| basis.is_empty()).count(), 1);
}

#[test]
fn a_merged_basis_is_shared_and_an_empty_row_is_an_item() {
    let catalog = published("qiaokou-yibaoju");
    assert_eq!(catalog.items.len(), 19);
    assert_eq!(names(&catalog)[6], "处罚/强制/行政处罚结果");
    let basis = |n: usize| &catalog.items[n].fields[&Field::Basis];
    assert_eq!(basis(6), basis(5), "one cell, one origin");
    assert_eq!(names(&catalog)[8], "权责清单");
    assert!(catalog.items[8].fields.is_empty());
    assert_eq!(names(&catalog)[16], "互动交流/开设宗旨、目的和使用方式");
    assert!(catalog.notes.iter().any(|note| note.contains("第 13 项与第 1 项")));
}

#[test]
fn every_cell_of_the_four() {
    for id in IDS {
        insta::assert_snapshot!(id, digest(&published(id)));
    }
}
