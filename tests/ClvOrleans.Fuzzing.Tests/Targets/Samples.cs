using System.Text;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Fuzzing.Tests.Targets;

/// <summary>Inputs of each format that are taken.</summary>
internal static class Samples
{
    public const string Batch = """
        {"sentAt":"2026-11-24T11:59:00Z","batch":[{"type":"identify","userId":"u1","traits":{"email":"anna@example.com"},"messageId":"m1"},
        {"type":"track","event":"Product Viewed","anonymousId":"v1","properties":{"product_id":"p1","price":"9.9"},"timestamp":1764000000},
        {"type":"alias","userId":"u1","previousId":"v1"},{"type":"page","userId":"u1","context":{"campaign":{"source":"ads"}}}]}
        """;

    public const string Order = """
        {"batch":[{"type":"track","event":"Order Completed","userId":"u1","messageId":"m2","timestamp":"2026-11-24T10:00:00.000Z",
        "properties":{"order_id":"o1","revenue":49.9,"total":"54.90","tax":5,"discount":1.5,"coupon":"X","currency":"USD","products":[
        {"product_id":"p1","price":20,"quantity":2,"category":"a"}]}},
        {"type":"track","event":"Order Refunded","userId":"u1","properties":{"order_id":"o1"}}]}
        """;

    public const string CostFile = "channel,from,to,amount,campaign,currency,id\nads,2026-01-01,2026-01-31,12.50,spring,USD,a\n";

    public const string StockFile =
        "product_id,units,price,currency,promoted,category,lead_days,at\np1,3,2.50,USD,yes,a,4,2026-01-01T00:00Z\n";

    public const string Costs = """[{"channel":"ads","from":"2026-01-01","to":"2026-01-31","amount":"12.50","id":"a"}]""";

    public const string Stock = """[{"product_id":"p1","units":3,"price":"2.50","at":"2026-01-01T00:00:00Z"}]""";

    public const string ShopifyOrder = """
        {"id":577836,"created_at":"2026-02-03T10:00:00-05:00","updated_at":"2026-02-03T10:00:00Z","email":"buyer@example.com",
        "currency":"USD","subtotal_price":"22.50","total_price":"27.50","total_discounts":"2.50","financial_status":"paid",
        "cancelled_at":null,"discount_codes":[{"code":"X"}],"customer":{"id":7,"email":"buyer@example.com"},
        "note_attributes":[{"name":"anonymousId","value":"v"}],"line_items":[{"id":1,"product_id":3,"price":"12.50","quantity":2}],
        "refunds":[{"id":5,"created_at":"2026-02-04T10:00:00Z","refund_line_items":[{"quantity":1,"subtotal":"12.50"}],
        "transactions":[{"kind":"refund","status":"success","amount":"12.50"}]}]}
        """;

    public const string ShopifyRefund = """
        {"id":5,"order_id":577836,"created_at":"2026-02-04T10:00:00Z","order_adjustments":[],
        "refund_line_items":[{"line_item_id":1,"quantity":1,"subtotal":12.5}],
        "transactions":[{"kind":"refund","status":"success","amount":"12.50","currency":"USD"}]}
        """;

    public const string ShopifyCustomer = """
        {"id":7,"email":"buyer@example.com","created_at":"2026-02-03T10:00:00Z","updated_at":"2026-02-03T10:00:00Z","first_name":"A",
        "email_marketing_consent":{"state":"subscribed"},"customer":{"id":7,"email":"buyer@example.com"},"default_address":{"country":"U"}}
        """;

    public const string WooCommerceOrder = """
        {"id":727,"status":"completed","currency":"USD","date_created_gmt":"2026-02-03T10:00:00","date_modified_gmt":"2026-02-03T10:00:00",
        "date_paid_gmt":"2026-02-03T10:00:00","total":"29.35","discount_total":"0.00","shipping_total":"10.00","total_tax":"1.35",
        "customer_id":3,"billing":{"email":"john@example.com"},"line_items":[{"product_id":93,"quantity":2,"total":"6.00","price":3}],
        "refunds":[{"id":1,"total":"-10.00"}],"coupon_lines":[{"code":"X"}],"meta_data":[{"key":"anonymousId","value":"v"}]}
        """;

    public const string WooCommerceCustomer = """
        {"id":3,"email":"john@example.com","date_created_gmt":"2026-02-03T10:00:00","date_modified_gmt":"2026-02-03T10:00:00",
        "billing":{"email":"john@example.com","country":"US"},"is_paying_customer":true}
        """;

    public const string Ga4 = """
        {"client_id":"1.2","user_id":"u1","timestamp_micros":1764000000000000,"user_properties":{"a":{"value":"b"}},"events":[
        {"name":"purchase","params":{"transaction_id":"t1","value":12.5,"currency":"USD","tax":1,
        "items":[{"item_id":"p1","price":5,"quantity":2}]}},
        {"name":"view_item","params":{"items":[{"item_id":"p1","item_category":"a"}]}}]}
        """;

    private const string Retail = """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        536365,85123A,HEART,6,12/1/2010 8:26,2.55,17850,United Kingdom
        C536379,D,Discount,-1,12/1/2010 9:41,27.5,14527,United Kingdom
        """;

    private const string Shopify = """
        Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name
        #1001,a@example.com,paid,2026-02-03 10:00:00 -0500,USD,22.50,27.50,0.00,2026-02-03 09:59:00 -0500,1,Mug
        """;

    private const string Events = """
        {"type":"track","event":"Order Completed","userId":"u","timestamp":"2026-01-01T00:00:00Z","properties":{"order_id":"o","total":5}}
        """;

    private const string Orders = """
        customer_id,order_id,date,value,currency,status
        c1,o1,2026-01-31,12.50,USD,paid
        c2,o2,2026-02-01,"1,234.50",USD,refunded
        """;

    private const string Cdnow = " 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n 00002 19970112  5   77.00\n";

    public static string[] Rules =>
        ["predictedValue > 200 and not (orders in [1, 2])", "lifecycle == 'AtRisk' or historicValue / orders >= 1.5"];

    public static string State => Encoding.UTF8.GetString(new CustomerState().ToBytes());

    /// <summary>A file of a format of histories.</summary>
    public static string FileOf(string format) => format switch
    {
        "cdnow" => Cdnow,
        "online-retail" => Retail,
        "shopify" => Shopify,
        "events" => Events,
        _ => Orders,
    };
}
