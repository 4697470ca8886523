namespace ClvOrleans.Server.Deliveries;

/// <summary>How the connection to the SMTP server is protected.</summary>
internal enum EmailSecurity
{
    /// <summary>It begins in the clear and must change to TLS.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>None: for a server on the same machine.</summary>
    None,
}
