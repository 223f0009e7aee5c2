namespace Nagare.Torture;

/// <summary>What a network does to one exchange between a journal and its server.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The request never arrives, and the connection is gone.</summary>
    LoseRequest,

    /// <summary>The request arrives and is carried out, the response is lost with the connection.</summary>
    LoseResponse,

    /// <summary>The client is cut off at once, and its request arrives a little later, when it may have come back already.</summary>
    DelayRequest,
}
