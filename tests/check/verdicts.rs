//! Each citation's one verdict, and how far it was compared.

use super::{catalog_of, checked, item};
use yiju::catalog::Field::{Basis, Clause};
use yiju::check::{Depth, Verdict};

#[test]
fn one_verdict_by_the_gravest_defect() {
    use Depth::{Document, Provision, Quotation};
    use Verdict::*;
    for (citation, verdict, depth) in [
        ("《政府信息公开条例》第二十条第（七）项：财政预算、决算信息。", Confirmed, Quotation),
        ("《政府信息公开条例》第二十条第（七）项", Confirmed, Provision),
        ("《政府信息公开条例》", Confirmed, Document),
        (
            "《政府信息公开条例》第二十条（六）试行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定。",
            TextDiffers,
            Quotation,
        ),
        ("《政府信息公开条例》第二十条第七款：财政预算、决算信息。", Misplaced, Quotation),
        ("《政府信息公开条例》第七十条", Misplaced, Provision),
        ("《政府信息公开条例》第二十条第（六）项：行政事业性收费项目及其依据、标准；", Misplaced, Quotation),
        ("《政府信息公开条例》（国务院令第11号）第二十条第（七）项：财政预算、决算信息。", WrongSource, Quotation),
        (
            "《预算法》第六条：一般性转移支付向社会公开应当细化到地区。专项转移支付向社会公开应当细化到地区和项目。",
            WrongSource,
            Quotation,
        ),
        ("《医疗保障法》第十条", WrongSource, Document),
        ("《政府信息公开条例》（国务院令第492号）第十条", NoLongerValid, Provision),
        ("《环境保护法》第五十三条", NoLongerValid, Document),
        ("《社会保险法》第十二章：进城务工的农村居民依照本法规定参加社会保险。", Confirmed, Quotation),
        (
            "《政府采购法》第二十六条 政府采购采用以下方式：（一）公开招标；（二）邀请招标；（三）竞争性谈判；（四）单一来源采购；（五）；（六）国务院政府采购监督管理部门认定的其他采购方式。",
            TextDiffers,
            Quotation,
        ),
        (
            "《预算法》第十四条第二款：经本级政府财政部门批复的部门预算、决算及报表，应当在批复后20日内由各部门向社会公开，并对部门预算、决算中机关运行经费的安排、使用情况等重要事项作出说明。",
            Confirmed,
            Quotation,
        ),
        ("《社会保险法》（主席令第35号）第七十条", Confirmed, Provision),
        ("《政府信息公开条例》（国令第711号）第二十条第（七）项", Confirmed, Provision),
        ("《某某县医疗保障服务规范》第三条：经办机构应当公布办事指南和联系电话。", NotChecked, Document),
        (
            "《中国共产党党务公开条例（试行）》第十条第（四）项：本地区党的重要会议、活动和重要人事任免情况。",
            NotChecked,
            Document,
        ),
        ("《湖北省政府信息公开规定》（湖北省人民政府令第262号）第七条", NotChecked, Document),
    ] {
        let checked = checked(&catalog_of(vec![item(1, &[(Basis, citation)])]));
        assert_eq!(
            checked.verdicts,
            [(verdict, depth)],
            "{citation}: {:?} {:?}",
            checked.links[0].footing,
            checked.findings
        );
    }
}

#[test]
fn every_verdict_is_counted_and_none_folded_into_another() {
    let items = vec![
        item(1, &[(Basis, "《政府信息公开条例》"), (Clause, "第二十条第（七）项：财政预算、决算信息。")]),
        item(2, &[(Basis, "《某某县医疗保障服务规范》第三条")]),
        item(3, &[]),
    ];
    let summary = checked(&catalog_of(items)).summary;
    assert_eq!((summary.items, summary.citations), (3, 3));
    assert_eq!((summary.verdict(Verdict::Confirmed), summary.verdict(Verdict::NotChecked)), (2, 1));
    assert_eq!(summary.verdicts.iter().sum::<usize>(), summary.citations);
}

#[test]
fn words_in_the_clause_cell_belong_to_the_locator_in_the_basis_cell() {
    let second = "经本级政府财政部门批复的部门预算、决算及报表，应当在批复后二十日内由各部门向社会公开，并对部门预算、决算中机关运行经费的安排、使用情况等重要事项作出说明。";
    for (basis, verdict, rules) in [
        ("《预算法》第十四条第二款", Verdict::Confirmed, vec![]),
        ("《预算法》第十四条", Verdict::Confirmed, vec![]),
        ("《预算法》第十四条第一款", Verdict::Misplaced, vec!["quote-from-elsewhere"]),
        ("《预算法》第十四条第七款", Verdict::Confirmed, vec!["no-such-provision"]),
    ] {
        let checked = checked(&catalog_of(vec![item(1, &[(Basis, basis), (Clause, second)])]));
        let last = checked.verdicts.last().unwrap();
        assert_eq!(*last, (verdict, Depth::Quotation), "{basis}: {:?}", checked.findings);
        assert_eq!(checked.findings.iter().map(|f| f.rule).collect::<Vec<_>>(), rules, "{basis}");
    }
}
