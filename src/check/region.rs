//! [`Region`]: where a body governs, as its name or the title of its document begins: province, city, county.

/// A province's name, another it goes by, and its cities; a city written without what it is is a 市.
const PROVINCES: &[(&str, &str, &str)] = &[
    ("北京市", "", ""),
    ("天津市", "", ""),
    ("上海市", "", ""),
    ("重庆市", "", ""),
    ("河北省", "", "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水"),
    ("山西省", "", "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁"),
    (
        "内蒙古自治区",
        "内蒙古",
        "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒盟 阿拉善盟",
    ),
    ("辽宁省", "", "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛"),
    ("吉林省", "", "长春 吉林 四平 辽源 通化 白山 松原 白城 延边朝鲜族自治州"),
    ("黑龙江省", "", "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭地区"),
    ("江苏省", "", "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁"),
    ("浙江省", "", "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水"),
    ("安徽省", "", "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城"),
    ("福建省", "", "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德"),
    ("江西省", "", "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶"),
    ("山东省", "", "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽"),
    ("河南省", "", "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店"),
    ("湖北省", "", "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施土家族苗族自治州"),
    ("湖南省", "", "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西土家族苗族自治州"),
    (
        "广东省",
        "",
        "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮",
    ),
    ("广西壮族自治区", "广西", "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左"),
    ("海南省", "", "海口 三亚 三沙 儋州"),
    (
        "四川省",
        "",
        "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 \
         阿坝藏族羌族自治州 甘孜藏族自治州 凉山彝族自治州",
    ),
    ("贵州省", "", "贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南布依族苗族自治州 黔东南苗族侗族自治州 黔南布依族苗族自治州"),
    (
        "云南省",
        "",
        "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄彝族自治州 红河哈尼族彝族自治州 文山壮族苗族自治州 \
         西双版纳傣族自治州 大理白族自治州 德宏傣族景颇族自治州 怒江傈僳族自治州 迪庆藏族自治州",
    ),
    ("西藏自治区", "西藏", "拉萨 日喀则 昌都 林芝 山南 那曲 阿里地区"),
    ("陕西省", "", "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛"),
    ("甘肃省", "", "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏回族自治州 甘南藏族自治州"),
    (
        "青海省",
        "",
        "西宁 海东 海北藏族自治州 黄南藏族自治州 海南藏族自治州 果洛藏族自治州 玉树藏族自治州 海西蒙古族藏族自治州",
    ),
    ("宁夏回族自治区", "宁夏", "银川 石嘴山 吴忠 固原 中卫"),
    (
        "新疆维吾尔自治区",
        "新疆",
        "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉回族自治州 博尔塔拉蒙古自治州 巴音郭楞蒙古自治州 阿克苏地区 \
         克孜勒苏柯尔克孜自治州 喀什地区 和田地区 伊犁哈萨克自治州 塔城地区 阿勒泰地区",
    ),
];

/// The parts of a place that its name tells for certain; a county's province is not known from its own name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Region {
    province: Option<&'static str>,
    city: Option<String>,
    /// A 县 or 旗; districts are not told from other words that end with 区.
    county: Option<String>,
}

impl Region {
    /// What a name begins with: 湖北省武汉市…, 《中共鄂托克旗…》 without its marks.
    pub fn of(name: &str) -> Self {
        let name = name.trim_start_matches("中共");
        let mut region = Region::default();
        let mut rest = name;
        for (full, short, _) in PROVINCES {
            let names = [full, short].into_iter().filter(|name| !name.is_empty());
            if let Some(after) = names.filter_map(|own| rest.strip_prefix(*own)).next() {
                (region.province, rest) = (Some(*full), after);
                break;
            }
        }
        for (province, _, cities) in PROVINCES.iter().filter(|(own, ..)| region.province.is_none_or(|p| p == *own)) {
            let found = cities.split_whitespace().map(whole).find(|city| rest.starts_with(city));
            if let Some(city) = found {
                rest = &rest[city.len()..];
                (region.province, region.city) = (Some(*province), Some(city));
                break;
            }
        }
        region.county = county(rest);
        region
    }

    /// Whether the two are places of which neither lies in the other. Not known for certain is `false`.
    pub fn is_apart_from(&self, other: &Region) -> bool {
        let differ = |own: Option<&str>, other: Option<&str>| own.zip(other).map(|(own, other)| own != other);
        let levels = [
            differ(self.province, other.province),
            differ(self.city.as_deref(), other.city.as_deref()),
            differ(self.county.as_deref(), other.county.as_deref()),
        ];
        levels.into_iter().flatten().any(|differs| differs)
    }
}

fn whole(city: &str) -> String {
    let named = ["自治州", "地区", "盟"].iter().any(|kind| city.ends_with(kind));
    if named { city.to_string() } else { format!("{city}市") }
}

/// 巨野县, 鄂托克旗, 长阳土家族自治县: two to ten characters that end with the first 县 or 旗.
fn county(rest: &str) -> Option<String> {
    const NO_NAMES: [char; 6] = ['各', '全', '本', '该', '某', '市'];
    let end = rest.char_indices().find(|(_, c)| matches!(c, '县' | '旗')).map(|(at, c)| at + c.len_utf8())?;
    let name = &rest[..end];
    let han = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    (han && (3..=11).contains(&name.chars().count()) && !name.contains(NO_NAMES)).then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_cities_have_one_name() {
        let all: Vec<String> = PROVINCES.iter().flat_map(|(.., cities)| cities.split_whitespace().map(whole)).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn places_are_apart_only_where_that_is_certain() {
        for (body, document, apart) in [
            ("湖北省武汉市硚口区医疗保障局", "内蒙古自治区行政权力监督管理办法", true),
            ("武汉市硚口区医疗保障局", "内蒙古自治区人民政府", true),
            ("武汉市硚口区医疗保障局", "湖北省政府信息公开规定", false),
            ("武汉市硚口区医疗保障局", "武汉市城市管理条例", false),
            ("武汉市硚口区医疗保障局", "武汉市住宅区物业管理条例", false),
            ("武汉市硚口区医疗保障局", "宜昌市城市管理条例", true),
            ("湖北省医疗保障局", "武汉市城市管理条例", false),
            ("巨野县医疗保障局", "中牟县医疗保障局政府信息公开制度", true),
            ("巨野县医疗保障局", "菏泽市城市管理条例", false),
            ("巨野县医疗保障局", "内蒙古自治区行政权力监督管理办法", false),
            ("内蒙古自治区鄂尔多斯市鄂托克旗", "中共鄂托克旗医疗保障局党组工作细则", false),
            ("武汉市医疗保障局", "中华人民共和国海南自由贸易港法", false),
            ("武汉市医疗保障局", "海南自由贸易港公平竞争条例", false),
            ("武汉市医疗保障局", "国务院关于北京市城市总体规划的批复", false),
            ("武汉市医疗保障局", "县级以上人民政府信息公开办法", false),
            ("某县医疗保障局", "某某县医疗保障服务规范", false),
            ("", "湖北省政府信息公开规定", false),
        ] {
            assert_eq!(Region::of(document).is_apart_from(&Region::of(body)), apart, "{body} / {document}");
        }
    }
}
