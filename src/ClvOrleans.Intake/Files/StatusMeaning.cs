namespace ClvOrleans.Intake.Files;

/// <summary>What a status says of an order.</summary>
internal enum StatusMeaning
{
    /// <summary>It is paid, or being processed.</summary>
    Paid,

    /// <summary>It is not paid yet, failed or on hold.</summary>
    Unpaid,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>All of it was paid back.</summary>
    Refunded,

    /// <summary>Some of it was paid back; how much, another column has to say.</summary>
    PartlyRefunded,

    /// <summary>Magento's word for an order that was paid back, in full unless another column says how much.</summary>
    Closed,
}
