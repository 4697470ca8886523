namespace ClvOrleans.Storage.Privacy;

/// <summary>What a shop passes on that somebody asked for.</summary>
public enum PrivacyRequestKind
{
    /// <summary>A customer asks for what is known of them.</summary>
    CustomerData,

    /// <summary>A customer asks to be erased.</summary>
    CustomerErasure,

    /// <summary>The shop left, and all of its data are to be erased.</summary>
    ShopErasure,
}
